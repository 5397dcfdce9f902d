using Disclosure.Prose;

namespace Disclosure.Tests.Prose;

/// <summary>The laws of likeness and of the bands by which it is found, on generated texts.</summary>
public class LikenessTests
{
    private const int Pairs = 400;

    [Fact]
    public void Names_and_figures_do_not_part_two_texts()
    {
        var one = Likeness.Of("2023年，甲县农业局按照《甲办法》发布信息20条，开展培训三次，效果较好。", "甲县农业局");
        var other = Likeness.Of("2022年，乙区民政局按照《乙办法》发布信息185条，开展培训十二次，效果较好。", "乙区民政局");

        Assert.Equal(1, one.To(other));
    }

    [Fact]
    public void Texts_nine_tenths_alike_share_a_band_and_little_alike_ones_none()
    {
        var random = new Random(20231231);
        var (alike, found, apart, wrong) = (0, 0, 0, 0);
        for (var i = 0; i < Pairs; i++)
        {
            var text = Text(random);
            var copy = Likeness.Of(Changed(text, random, (i % 6) + 1));
            var (original, stranger) = (Likeness.Of(text), Likeness.Of(Text(random)));
            if (original.To(copy) >= 0.9)
            {
                (alike, found) = (alike + 1, found + (Share(original, copy) ? 1 : 0));
            }
            if (original.To(stranger) < 0.5)
            {
                (apart, wrong) = (apart + 1, wrong + (Share(original, stranger) ? 1 : 0));
            }
        }

        Assert.InRange(alike, Pairs / 4, Pairs);
        Assert.InRange((double)found / alike, 0.99, 1);
        Assert.True(wrong <= apart / 100, $"{wrong} of {apart} texts with little in common share a band.");
    }

    [Fact]
    public void Texts_of_different_years_share_no_band()
    {
        var likeness = Likeness.Of(Text(new Random(7)));

        Assert.Empty(Sketch.Of(likeness, 2022).Intersect(Sketch.Of(likeness, 2023)));
        Assert.Equal(Sketch.Bands, Sketch.Of(likeness, 2023).Distinct().Count());
        Assert.Empty(Sketch.Of(Likeness.Of("无。"), 2023));
    }

    private static bool Share(Likeness one, Likeness other) => Sketch.Of(one, 2023).Intersect(Sketch.Of(other, 2023)).Any();

    /// <summary>Prose of some 60 sentences, each of words drawn at random.</summary>
    private static string Text(Random random) => string.Concat(Enumerable.Range(0, 60).Select(_ => Sentence(random)));

    private static string Sentence(Random random) =>
        string.Concat(Enumerable.Range(0, 16).Select(_ => (char)random.Next(0x4E00, 0x5800))) + "。";

    /// <summary>The text with some of its sentences written anew.</summary>
    private static string Changed(string text, Random random, int sentences)
    {
        var parts = text.Split('。', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < sentences; i++)
        {
            parts[random.Next(parts.Length)] = Sentence(random).TrimEnd('。');
        }
        return string.Join('。', parts);
    }
}
