using System.Text.Json;
using DisclosureApi.Http;

namespace DisclosureApi.Bulk;

/// <summary>GET /v1/exports: what can be taken, for catalogues of open data (DCAT 3 as JSON-LD).</summary>
internal static class GetCatalogue
{
    private const string MediaType = "application/ld+json";

    public static readonly OperationContract Contract = new("get_export_catalogue", "Bulk", "See which years can be taken")
    {
        Description = "A dcat:Catalog with a dcat:Dataset for each year that has public reports, each in three distributions. Addresses are relative to this one.",
        Answers = [new(200, "ExportCatalogue", "The catalogue") { MediaType = MediaType, Headers = ["ETag"] }, new(304, null, "The reader already has these bytes") { Headers = ["ETag"] }],
    };

    public static async Task<IResult> HandleAsync(ExportRows rows, Settings settings, CancellationToken cancellation)
    {
        var years = await rows.YearsAsync(cancellation);
        return Answer.Public(new PublicBody(Json.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("@context");
            writer.WriteString("dcat", "http://www.w3.org/ns/dcat#");
            writer.WriteString("dct", "http://purl.org/dc/terms/");
            writer.WriteEndObject();
            writer.WriteString("@id", "/v1/exports");
            writer.WriteString("@type", "dcat:Catalog");
            writer.WriteString("dct:title", "政府信息公开工作年度报告");
            writer.WriteStartArray("dcat:dataset");
            foreach (var (year, reports) in years)
            {
                WriteYear(writer, year, reports, settings.ExportsLicence);
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        })), MediaType);
    }

    private static void WriteYear(Utf8JsonWriter writer, int year, long reports, string? licence)
    {
        writer.WriteStartObject();
        writer.WriteString("@id", GetManifest.Path(year));
        writer.WriteString("@type", "dcat:Dataset");
        writer.WriteString("dct:title", $"{year}年政府信息公开工作年度报告");
        writer.WriteString("dct:description", $"{reports} reports are public.");
        if (licence is not null)
        {
            WriteLicence(writer, licence);
        }
        writer.WriteStartArray("dcat:distribution");
        foreach (var (query, title, type) in ((string, string, string)[])
            [("format=ndjson", "NDJSON", ExportFile.Lines), ("format=csv", "CSV, a row per report", Body.CsvType), ("format=csv&rows=cells", "CSV, a row per cell", Body.CsvType)])
        {
            writer.WriteStartObject();
            writer.WriteString("@type", "dcat:Distribution");
            writer.WriteString("dct:title", title);
            Reference(writer, "dcat:downloadURL", $"{GetExport.Path(year)}?{query}");
            Reference(writer, "dcat:mediaType", $"https://www.iana.org/assignments/media-types/{type}");
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>A licence that has an address is referred to; one that is a sentence is told.</summary>
    private static void WriteLicence(Utf8JsonWriter writer, string licence)
    {
        if (Uri.TryCreate(licence, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            Reference(writer, "dct:license", licence);
        }
        else
        {
            writer.WriteString("dct:rights", licence);
        }
    }

    private static void Reference(Utf8JsonWriter writer, string name, string address)
    {
        writer.WriteStartObject(name);
        writer.WriteString("@id", address);
        writer.WriteEndObject();
    }
}
