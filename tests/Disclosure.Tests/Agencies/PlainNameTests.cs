using Disclosure.Agencies;

namespace Disclosure.Tests.Agencies;

/// <summary>Names that look alike are the same name: what people cannot see or tell apart does not come into the register.</summary>
public sealed class PlainNameTests
{
    public static TheoryData<string, string> Lookalikes => new()
    {
        { "right-to-left override", "云州市\u202E局政财" },
        { "isolate", "\u2066云州市财政局\u2069" },
        { "right-to-left mark", "云州市\u200F财政局" },
        { "zero-width space", "云州市\u200B财政局" },
        { "byte order mark", "\uFEFF云州市财政局" },
        { "soft hyphen", "云州\u00AD市财政局" },
        { "escape", "云州市\u001B[31m财政局" },
        { "line break", "云州市财政局\n管理员" },
        { "line separator", "云州市\u2028财政局" },
        { "no-break space", "云州市\u00A0财政局" },
        { "leading space", " 云州市财政局" },
        { "ideographic space at the end", "云州市财政局　" },
        { "private use", "云州市\uE000财政局" },
        { "unassigned", "云州市\u0378财政局" },
        { "Kangxi radical", "云州市⾦融局" },
        { "compatibility ideograph", "云州市\uF90A融局" },
        { "Cyrillic letter", "云州市АI办公室" },
        { "Greek letter", "云州市Αl办公室" },
        { "full-width letter", "云州市Ａ区" },
        { "combining mark", "云州市财\u0301政局" },
        { "tag characters", "云州市财政局\U000E0041" },
    };

    [Theory]
    [MemberData(nameof(Lookalikes))]
    public void A_name_with_what_cannot_be_told_apart_is_refused(string what, string name) => Assert.True(PlainName.Fault(name) is not null, what);

    [Theory]
    [InlineData("云州市桂山区工业和信息化局")]
    [InlineData("云州市人民政府（本级）")]
    [InlineData("云州市12345政务服务便民热线·办公室")]
    [InlineData("云州经济技术开发区管理委员会（A区、B区）")]
    [InlineData("云州市〇一综合管理处")]
    [InlineData("䶮山镇人民政府")]
    [InlineData("\U00020BB7山镇人民政府")]
    [InlineData("Yunzhou Office")]
    public void Names_that_bodies_have_are_taken(string name) => Assert.Null(PlainName.Fault(name));
}
