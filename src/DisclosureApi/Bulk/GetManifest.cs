using System.Text.Json;
using DisclosureApi.Http;

namespace DisclosureApi.Bulk;

/// <summary>GET /v1/exports/{year}/manifest: what a year's files are, so that a reader can check what it took.</summary>
internal static class GetManifest
{
    public static readonly OperationContract Contract = new("get_export_manifest", "Bulk", "See what the files of a year are")
    {
        Description = "The files of a year as of a position: address, length, SHA-256 and number of lines of each before any coding, how many reports they hold, under what licence, and where to read what changed since.",
        Parameters = ["asOf"],
        Answers = [new(200, "ExportManifest", "The manifest") { Headers = ["ETag"] }, new(304, null, "The reader already has these bytes") { Headers = ["ETag"] }],
        Problems = [400, 404],
        Refusals = [ProblemTypes.ImpossibleQuery],
    };

    public static string Path(int year) => $"{GetExport.Path(year)}/manifest";

    public static async Task<IResult> HandleAsync(int year, HttpRequest request, PublicPoint points, Measures measures, Settings settings, CancellationToken cancellation)
    {
        if (!FilingBody.IsReportYear(year))
        {
            return new Problem(ProblemTypes.NotFound);
        }
        var position = await points.FindAsync(request, cancellation);
        var files = ExportFile.Of(year, position);
        var measured = await measures.OfAsync(files, request.HttpContext);
        return Answer.Public(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("year", year);
            writer.WriteNumber("position", position);
            writer.WriteNumber("reports", measured[0].Reports);
            writer.WriteString("licence", settings.ExportsLicence);
            writer.WriteString("rights", new Licence(settings.ExportsLicence).Rights);
            writer.WriteString("changes", $"/v1/changes?after={position}");
            writer.WriteStartArray("files");
            foreach (var (file, its) in files.Zip(measured))
            {
                Write(writer, file, its);
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter writer, ExportFile file, Measured measured)
    {
        writer.WriteStartObject();
        writer.WriteString("address", file.Address);
        writer.WriteString("mediaType", file.IsTable ? Body.CsvType : ExportFile.Lines);
        writer.WriteString("rows", file.Rows);
        writer.WriteNumber("bytes", measured.Length);
        writer.WriteString("sha256", Convert.ToHexStringLower(measured.Sha256));
        writer.WriteNumber("lines", measured.Lines);
        writer.WriteEndObject();
    }
}
