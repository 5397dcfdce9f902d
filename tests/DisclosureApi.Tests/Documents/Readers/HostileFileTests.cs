using System.Diagnostics;
using System.Text;
using Disclosure.Documents;
using DisclosureApi.Documents.Readers;
using DisclosureApi.Http;

namespace DisclosureApi.Tests.Documents.Readers;

/// <summary>Files made to break a reader: each is read or refused with a reason, soon, and without taking the machine with it.</summary>
public class HostileFileTests
{
    private const int Many = 100_000;

    /// <summary>Long enough for a loaded machine; what is not linear would take minutes.</summary>
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(20);

    public static TheoryData<string, string> Pages => new()
    {
        { "nested blocks", Times("<div>", Many) },
        { "nested tables", Times("<table><tr><td>", Many) },
        { "nested forms of type", Times("<font color=1>", 200) + Times("<p>x", Many) },
        { "different marks to be reopened", string.Concat(Enumerable.Range(0, 5000).Select(i => $"<b a{i}=1>")) + Times("<p>x", Many) },
        { "ends of nothing", Times("<b><i></u></p>", Many) },
        { "a wide table", "<table><tr>" + Times("<td>1", 50_000) + "</tr><tr><td colspan=50000 rowspan=50000>1<td>2</tr></table>" },
        { "spans without end", "<table>" + Times("<tr><td colspan=1000 rowspan=1000>1<td>2</tr>", 2_000) + "</table>" },
        { "blocks that a slash does not close", Times("<div/>", Many) },
        { "marks that a slash does not close", string.Concat(Enumerable.Range(0, Many).Select(i => $"<b style={i}/>")) },
        { "rows in a drawing, and ends of nothing", "<svg>" + Times("<tr>", Many) + Times("</a>", Many) },
        { "signs before one end", Times("<", 4_000_000) + ">" },
        { "tags that never end", Times("<a ", 500_000) },
        { "comments that never end", Times("<!--", 500_000) },
        { "flat paragraphs", Times("<p>政府", Many) },
        { "rules of style for all there is", "<style>" + Times(".a .a .b{display:none}", Many) + "</style>" + Times("<div class=a>", 200) + Times("<i class=b>1</i>", Many) },
        { "selectors that look everywhere", "<style>" + Times(":has(.b) :has(.c) .b{display:none}", 30) + "</style>" + Times("<i class=b>1</i>", Many) },
        { "rules of style that never end", "<style>" + Times("@media screen{", Many) + Times("a{", Many) + Times("/*", Many) },
        { "an entity of entities", "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><p>&b;</p>" + Times("&nbsp;", Many) },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_hostile_page_is_read_or_refused_in_time(string what, string page) => AssertInTime(what, () => HtmlDocument.Read(page));

    [Fact]
    public void Drawings_and_marks_that_close_themselves_are_no_depth()
    {
        var rows = Times("<p><a name=x /><svg><path d=1 /><path d=2 /></svg>一</p><table><tr><td><span/></td><td>二</td></tr></table>", 300);
        Assert.Contains("二", HtmlDocument.Read(rows).Rows[^1].Cells[^1].Text, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Bodies => new()
    {
        { "nested controls", Times("<w:sdt><w:sdtContent>", Many) },
        { "nested tables", Times("<w:tbl><w:tr><w:tc>", 1_500) },
        { "a wide table", "<w:tbl><w:tr>" + Times("<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>", 50_000) + "</w:tr></w:tbl>" },
        { "wide cells", "<w:tbl><w:tr>" + Times("<w:tc><w:tcPr><w:gridSpan w:val=\"2000000000\"/></w:tcPr></w:tc>", 5_000) + "</w:tr></w:tbl>" },
        { "flat paragraphs", Times("<w:p><w:r><w:t>政</w:t></w:r></w:p>", Many) },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_hostile_word_file_is_read_or_refused_in_time(string what, string body) => AssertInTime(what, () => WordDocument.Read(MarkedUpReport.Packed(
        $"<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}")));

    [Theory]
    [InlineData("<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><d>&b;</d>")]
    [InlineData("<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><d>&x;</d>")]
    [InlineData("<!DOCTYPE d SYSTEM \"http://127.0.0.1:9/x.dtd\"><d/>")]
    [InlineData("<w:document")]
    public void Entities_and_external_references_are_refused(string xml) => AssertRefused(() => WordDocument.Read(MarkedUpReport.Packed(xml)));

    [Fact]
    public void A_zip_bomb_is_refused_before_it_is_unpacked() =>
        AssertRefused(() => WordDocument.Read(MarkedUpReport.Packed("<d/>", ("word/media/image1.bmp", new string('0', 70 * 1024 * 1024)))));

    [Fact]
    public void An_encrypted_or_old_word_file_and_what_is_no_zip_are_refused()
    {
        AssertRefused(() => WordDocument.Read([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0, 0]));
        AssertRefused(() => WordDocument.Read("no zip"u8.ToArray()));
        AssertRefused(() => WordDocument.Read([]));
        AssertRefused(() => WordDocument.Read(new MarkedUpReport("2021", MarkedUpReport.Distinct).Docx()[..2000]));
    }

    [Fact]
    public void Text_is_decoded_by_what_it_says_of_itself_and_refused_when_it_is_broken()
    {
        const string Text = "政府信息公开";
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var gb = Encoding.GetEncoding("gb18030").GetBytes(Text);
        Assert.Equal(Text, TextBytes.Decode(new DocumentBytes(gb, "gb18030")));
        Assert.Equal(Text, TextBytes.Decode(new DocumentBytes(gb, "gb2312")));
        Assert.Equal(Text, TextBytes.Decode(new DocumentBytes([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Text)], null)));
        Assert.Equal(Text, TextBytes.Decode(new DocumentBytes([.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(Text)], null)));
        Assert.Contains(Text, TextBytes.DecodeHtml(new DocumentBytes([.. "<meta charset=gb2312>"u8, .. gb], null)), StringComparison.Ordinal);
        AssertRefused(() => TextBytes.Decode(new DocumentBytes(gb, null)));
        AssertRefused(() => TextBytes.Decode(new DocumentBytes([0xE6, 0x94], null)));
        AssertRefused(() => TextBytes.Decode(new DocumentBytes("a\0b"u8.ToArray(), null)));
        AssertRefused(() => TextBytes.DecodeHtml(new DocumentBytes("<meta charset=shift_jis>"u8.ToArray(), null)));
    }

    private static string Times(string piece, int times) => new StringBuilder(piece.Length * times).Insert(0, piece, times).ToString();

    private static void AssertInTime(string what, Func<SourceText> read)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            Assert.NotNull(ReportReader.Read(read()));
        }
        catch (ProblemException refused)
        {
            Assert.Equal("unreadable-document", refused.Problem.Type.Code);
        }
        Assert.True(clock.Elapsed < _limit, $"{what}: {clock.Elapsed}");
    }

    private static void AssertRefused(Func<object> read) => Assert.Equal("unreadable-document", Assert.Throws<ProblemException>(read).Problem.Type.Code);
}
