using Disclosure.Prose;

namespace Disclosure.Tests.Prose;

/// <summary>What two texts are compared by.</summary>
public class LikenessTests
{
    [Fact]
    public void Names_and_figures_do_not_part_two_texts()
    {
        var one = Likeness.Of("2023年，甲县农业局按照《甲办法》发布信息20条，开展培训三次，效果较好。", "甲县农业局");
        var other = Likeness.Of("2022年，乙区民政局按照《乙办法》发布信息185条，开展培训十二次，效果较好。", "乙区民政局");

        Assert.Equal(1, one.To(other));
    }
}
