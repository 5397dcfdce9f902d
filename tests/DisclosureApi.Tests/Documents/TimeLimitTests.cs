using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using DisclosureApi.Tests.Documents.Readers;

namespace DisclosureApi.Tests.Documents;

/// <summary>No document, made however cleverly, keeps who sent it waiting, and none is answered as if the host were at fault.</summary>
public sealed class TimeLimitTests(Api api) : IClassFixture<Api>
{
    private const int Most = 4 * 1024 * 1024;
    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private const string Title = "云州市北湖区文化局2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n";

    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(5);

    /// <summary>Neighbours on a loaded machine may make one try slow, but no document fast.</summary>
    private const int Tries = 3;

    private static readonly Dictionary<string, (string MediaType, Func<byte[]> Make)> _documents = new(StringComparer.Ordinal)
    {
        ["a page of nested headings around one long text"] = Page(Times("<h1><div>", 110) + Filled("政府信息")),
        ["a page of nested captions around one long text"] = Page(Times("<h1>政</h1><table><caption>", 80) + Filled("政府信息")),
        ["a page whose element has attributes without end"] = Page("<p " + Attributes()),
        ["a page of marks to be opened again and again"] = Page(Times("<b><i><u><s>", 60) + Filled("<p>x")),
        ["a page of tables side by side"] = Page(Filled("<table><tr><td>1<td>2</table>")),
        ["a page of one table that spans itself"] = Page(Title + "<table>" + Filled("<tr><td colspan=1000 rowspan=0>一、本年新收政府信息公开申请数量<td>1")),
        ["a page of character references"] = Page(Filled("&NotEqualTilde;")),
        ["a CSV row without end"] = ("text/csv", () => Bytes(Title + Filled(","))),
        ["a CSV of quotes"] = ("text/csv", () => Bytes(Title + Filled("\"\"\"x,"))),
        ["a markdown row without end"] = ("text/markdown", () => Bytes(Title + Filled("|"))),
        ["a text of rows of a known label"] = ("text/plain", () => Bytes(Title + Filled("一、本年新收政府信息公开申请数量\t1\t\t3\n"))),
        ["a text of digits run together"] = ("text/plain", () => Bytes(Title + Filled("一、本年新收政府信息公开申请数量12345678901234567890\n"))),
        ["a word file that unpacks to much text"] = File(Unpacked("<w:p><w:r><w:t>政府信息公开</w:t></w:r></w:p>")),
        ["a word file of one paragraph that unpacks to much"] = File($"<w:p><w:r><w:t>{Unpacked("政府信息公开")}</w:t></w:r></w:p>"),
        ["a word file of rows that unpack to many"] = File("<w:tbl>" + Unpacked("<w:tr><w:tc><w:p><w:r><w:t>一、本年新收政府信息公开申请数量</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr>")),
        ["a word file of cells that unpack to many"] = File("<w:tbl><w:tr>" + Unpacked("<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>")),
        ["a word file with a list for each paragraph"] = ListForEachParagraph(),
        ["a PDF of words on one line"] = ("application/pdf", () => MadeUpPdf.Page("BT /F1 9 Tf " + string.Concat(Enumerable.Range(0, 190_000).Select(i => $"1 0 0 1 {i * 10} 700 Tm (a) Tj ")) + "ET", 2_000_000)),
        ["a PDF of many letters in one place"] = ("application/pdf", () => MadeUpPdf.Page("BT /F1 12 Tf 40 700 Td " + Times("(a) Tj 0 0 Td ", 2_000_000) + "ET")),
        ["a PDF of a picture drawn without end"] = ("application/pdf", () => MadeUpPdf.Page(Times("0 0 m 500 500 l 3 7 l h f q Q ", 3_000_000))),
    };

    public static TheoryData<string> Documents => [.. _documents.Keys];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task A_hostile_document_is_read_or_refused_within_the_limit(string what)
    {
        var (mediaType, make) = _documents[what];
        var reads = (await api.Anon.GetAsync("/v1/formats")).Expect(200).Json["reads"]!.AsArray().Select(read => read!.GetValue<string>());
        Assert.SkipUnless(reads.Contains(mediaType), "pdftotext (poppler-utils) is not installed here.");
        var bytes = make();
        var taken = new List<TimeSpan>();
        do
        {
            using var body = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
            var clock = Stopwatch.StartNew();
            var answer = await api.Anon.PostAsync("/v1/conversions", body);
            taken.Add(clock.Elapsed);
            Assert.True(answer.Status is 200 or 413 || (answer.Status == 422 && answer.Problem is "unreadable-document" or "not-a-report"), $"{what}: {answer.Status} {answer.Text}");
        }
        while (taken[^1] > _limit && taken.Count < Tries);
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {bytes.Length} bytes, {string.Join(", ", taken)}");
        Assert.True(taken.Min() < _limit, $"{what}: {string.Join(", ", taken)}");
    }

    private static (string, Func<byte[]>) Page(string html) => ("text/html", () => Bytes(html));

    private static (string, Func<byte[]>) File(string body) => (Word, () => MarkedUpReport.Packed(
        $"<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>{Title}</w:t></w:r></w:p>{body}"));

    private static (string, Func<byte[]>) ListForEachParagraph() => (Word, () => MarkedUpReport.Packed(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"
        + Each(i => $"<w:p><w:pPr><w:numId w:val=\"{i}\"/></w:pPr><w:r><w:t>政</w:t></w:r></w:p>"),
        ("word/numbering.xml", "<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
            + Each(i => $"<w:abstractNum w:abstractNumId=\"{i}\"><w:lvl w:ilvl=\"0\"><w:lvlText w:val=\"%1\"/></w:lvl></w:abstractNum><w:num w:numId=\"{i}\"><w:abstractNumId w:val=\"{i}\"/></w:num>")
            + "</w:numbering>")));

    private static string Each(Func<int, string> write) => string.Concat(Enumerable.Range(1, 150_000).Select(write));

    private static string Attributes() => string.Concat(Enumerable.Range(0, 400_000).Select(i => $"a{i} ")) + ">";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>As often as fits into a body that is taken.</summary>
    private static string Filled(string piece) => Times(piece, (Most - 8_000) / Encoding.UTF8.GetByteCount(piece));

    /// <summary>As often as fits into what is unpacked of a Word file.</summary>
    private static string Unpacked(string piece) => Times(piece, 60 * 1024 * 1024 / Encoding.UTF8.GetByteCount(piece));

    private static string Times(string piece, int times) => new StringBuilder(piece.Length * times).Insert(0, piece, times).ToString();
}
