using Disclosure.Contents;
using Disclosure.Documents;
using Disclosure.Documents.Writing;
using DisclosureApi.Documents.Readers;
using DisclosureApi.Documents.Writers;

namespace DisclosureApi.Tests.Documents.Writers;

/// <summary>What a report says is what its official document says, in every kind of file: read back, it is the same content.</summary>
public class RoundTripTests(ITestOutputHelper output)
{
    private static readonly (string Kind, Func<OfficialDocument, SourceText> There)[] _kinds =
    [
        ("text", document => PlainText.Read(TextRendering.Render(document))),
        ("csv", document => CsvText.Read(CsvRendering.Render(document))),
        ("html", document => HtmlDocument.Read(HtmlRendering.Render(document))),
        ("docx", document => WordDocument.Read(WordFile.Render(document))),
    ];

    [Fact]
    public void Any_content_written_as_text_csv_html_and_docx_is_read_back_as_it_was()
    {
        output.WriteLine($"{Scale.RoundTrips} reports from seed {Scale.Seed}");
        var wrong = new List<string>();
        for (var i = 0; i < Scale.RoundTrips && wrong.Count < 20; i++)
        {
            var report = new MadeUpReport(new Random(Scale.Seed + i));
            var content = report.Content();
            var document = ReportWriter.Document(content, report.Agency, report.Year);
            foreach (var (kind, there) in _kinds)
            {
                wrong.AddRange(Differences(report, content, ReportReader.Read(there(document))).Take(6).Select(told => $"{kind}, seed {Scale.Seed + i}: {told}"));
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static IEnumerable<string> Differences(MadeUpReport report, ReportContent written, ReadResult read)
    {
        if (read is not ReadResult.Report { Filing: var filing })
        {
            return [$"not read: {read}"];
        }
        return
        [
            .. written.Words.Keys.Union(filing.Content.Words.Keys).Where(path => written.Word(path) != filing.Content.Word(path)).Select(path => $"{path}: {written.Word(path)} -> {filing.Content.Word(path)}"),
            .. written.Cells.Keys.Union(filing.Content.Cells.Keys).Where(cell => written.Cell(cell) != filing.Content.Cell(cell)).Select(cell => $"{cell}: {written.Cell(cell)} -> {filing.Content.Cell(cell)}"),
            .. (report.Agency, report.Year) == (filing.AgencyName, filing.Year) ? Array.Empty<string>() : [$"{report.Agency} {report.Year} -> {filing.AgencyName} {filing.Year}"],
        ];
    }
}
