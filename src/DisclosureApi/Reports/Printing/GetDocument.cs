using System.Text.Json;
using Disclosure.Contents;
using Disclosure.Documents.Writing;
using Disclosure.Reports;
using DisclosureApi.Http;
using DisclosureApi.Http.Printing;

namespace DisclosureApi.Reports.Printing;

/// <summary>GET …/document: the published report as the official document.</summary>
internal static class GetDocument
{
    public static readonly OperationContract Contract = new("get_document", "Reports", "Read a published report as its official document")
    {
        Description =
            "The report in the form's own layout, as Word file, web page that prints on A4, text or spreadsheet (CSV), by Accept. Read back by POST /v1/conversions it is the same content. "
            + "?bom=true leads the CSV with a byte order mark. Equal content gives equal bytes.",
        Parameters = ["bom"],
        Answers =
        [
            new(200, null, "The document") { Headers = ["ETag", "Content-Disposition", "Content-Language"], Documents = DocumentWriters.MediaTypes },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
        Problems = [400, 404, 410],
        Refusals = [ProblemTypes.NotAcceptable],
    };

    public static async Task<IResult> HandleAsync(
        string code, int year, HttpContext context, PublishedReports published, PrintedReports printed, CancellationToken cancellation)
    {
        var wanted = printed.Wanted(context.Request);
        return await published.FindAsync(new ReportId(code, year), cancellation) switch
        {
            { Withdrawal: { } withdrawal } => GetReport.Withdrawn(withdrawal),
            { Report.Open.Plain: var (body, etag) } => printed.Answer(wanted, etag, () => Document(body)),
            _ => new Problem(ProblemTypes.NotFound),
        };
    }

    /// <summary>The document of a revision from the very bytes that its readers are given.</summary>
    public static OfficialDocument Document(byte[] body)
    {
        using var report = JsonDocument.Parse(body);
        var filing = Json.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("content");
            report.RootElement.GetProperty("content").WriteTo(writer);
            writer.WriteEndObject();
        });
        using var content = JsonDocument.Parse(filing);
        var (read, faults) = FilingReader.Read(content.RootElement);
        return faults.Count == 0
            ? ReportWriter.Document(read.Content, report.RootElement.GetProperty("agency").GetProperty("name").GetString(), report.RootElement.GetProperty("year").GetInt32())
            : throw new InvalidOperationException($"A published report cannot be read back: {faults[0].Pointer}");
    }
}
