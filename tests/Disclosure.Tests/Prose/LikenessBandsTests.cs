using Disclosure.Prose;

namespace Disclosure.Tests.Prose;

/// <summary>What is alike is found without comparing everything, and hardly anything else is.</summary>
public class LikenessBandsTests
{
    private const int Year = 2023;
    private const int Pairs = 1_000;

    [Fact]
    public void Of_pairs_that_are_ninety_per_cent_alike_ninety_nine_of_a_hundred_share_a_band()
    {
        var random = new Random(20260114);

        var shared = Enumerable.Range(0, Pairs).Count(_ =>
        {
            var (one, other) = Pair(random, 0.90, 0.93);
            return Share(one, other);
        });

        Assert.InRange(shared, Pairs * 99 / 100, Pairs);
    }

    [Fact]
    public void Of_pairs_that_are_half_alike_few_share_a_band_and_of_unlike_ones_none_does()
    {
        var random = new Random(20260115);

        Assert.InRange(Enumerable.Range(0, Pairs / 5).Count(_ => Pair(random, 0.45, 0.50) is var (one, other) && Share(one, other)), 0, Pairs / 5 / 50);
        Assert.Equal(0, Enumerable.Range(0, Pairs).Count(_ => Share(Likeness.Of(Text(random)), Likeness.Of(Text(random)))));
    }

    [Fact]
    public void Figures_and_names_change_no_band_and_another_year_changes_all()
    {
        var text = Text(new Random(20260116));
        var one = Likeness.Of($"云州市水务局2023年办理申请17件。{text}", "云州市水务局");
        var other = Likeness.Of($"桂山区文化局2023年办理申请8件。{text}", "桂山区文化局");

        Assert.Equal(LikenessBands.Of(one, Year), LikenessBands.Of(other, Year));
        Assert.Empty(LikenessBands.Of(one, Year).Intersect(LikenessBands.Of(one, Year + 1)));
        Assert.Empty(LikenessBands.Of(Likeness.Of("本年度无其他需要报告的事项。"), Year));
    }

    [Fact]
    public void What_is_stored_of_words_compares_as_they_did_and_does_not_change()
    {
        var (one, other) = Pair(new Random(20260117), 0.90, 0.93);

        Assert.Equal(one.To(other), Likeness.Unpack(one.Pack()).To(Likeness.Unpack(other.Pack())));
        Assert.Equal(LikenessBands.Count, LikenessBands.Of(one, Year).Length);
        Assert.Equal(LikenessBands.Of(one, Year), LikenessBands.Of(Likeness.Unpack(one.Pack()), Year));
    }

    private static bool Share(Likeness one, Likeness other) => LikenessBands.Of(one, Year).Intersect(LikenessBands.Of(other, Year)).Any();

    /// <summary>A text and a copy in which characters here and there are others, until it is as unlike as wanted.</summary>
    private static (Likeness One, Likeness Other) Pair(Random random, double least, double below)
    {
        while (true)
        {
            var text = Text(random).ToCharArray();
            var one = Likeness.Of(new string(text));
            for (var likeness = 1.0; likeness >= least;)
            {
                for (var i = likeness > below + 0.1 ? 20 : 1; i > 0; i--)
                {
                    text[random.Next(text.Length)] = Character(random);
                }
                var other = Likeness.Of(new string(text));
                likeness = one.To(other);
                if (likeness >= least && likeness < below)
                {
                    return (one, other);
                }
            }
        }
    }

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, 600).Select(_ => Character(random)));

    private static char Character(Random random) => (char)random.Next(0x5000, 0x9000);
}
