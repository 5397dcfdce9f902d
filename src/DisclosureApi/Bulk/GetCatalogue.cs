using System.Globalization;
using System.Text.Json;
using DisclosureApi.Http;

namespace DisclosureApi.Bulk;

/// <summary>GET /v1/exports: what can be taken, for catalogues of open data (DCAT 3 as JSON-LD).</summary>
internal static class GetCatalogue
{
    private const string MediaType = "application/ld+json";

    public static readonly OperationContract Contract = new("get_export_catalogue", "Bulk", "See which years can be taken")
    {
        Description = "A dcat:Catalog with a dcat:Dataset for each year that has public reports, each in three distributions, and the feed of changes and its webhooks as dcat:DataServices. "
            + "dct:license or dct:rights is what the operator says; where it says nothing, dct:rights says so.",
        Answers =
        [
            new(200, "ExportCatalogue", "The catalogue") { MediaType = MediaType, Others = [(Json.MediaType, "ExportCatalogue")], Headers = ["ETag"] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
        Problems = [406],
    };

    public static async Task<IResult> HandleAsync(HttpRequest request, ExportRows rows, Settings settings, CancellationToken cancellation)
    {
        if (MediaTypes.Choose(request, MediaType, Json.MediaType) is not { } mediaType)
        {
            return new Problem(ProblemTypes.NotAcceptable).With("supported", [MediaType, Json.MediaType]);
        }
        var years = await rows.YearsAsync(cancellation);
        var host = $"{request.Scheme}://{request.Host}";
        var licence = new Licence(settings.ExportsLicence);
        return Answer.Public(new PublicBody(Json.Bytes(writer =>
        {
            writer.WriteStartObject();
            WriteContext(writer);
            writer.WriteString("@id", $"{host}/v1/exports");
            writer.WriteString("@type", "dcat:Catalog");
            WriteTitle(writer, "政府信息公开工作年度报告", "Annual reports on open government information");
            licence.WriteTo(writer);
            writer.WriteStartArray("dcat:dataset");
            foreach (var (year, reports) in years)
            {
                WriteYear(writer, host, year, reports, licence);
            }
            writer.WriteEndArray();
            WriteFeeds(writer, host);
            writer.WriteEndObject();
        })), mediaType).WithVary("Accept, Accept-Encoding");
    }

    private static void WriteContext(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("@context");
        writer.WriteString("dcat", "http://www.w3.org/ns/dcat#");
        writer.WriteString("dct", "http://purl.org/dc/terms/");
        writer.WriteString("foaf", "http://xmlns.com/foaf/0.1/");
        writer.WriteString("xsd", "http://www.w3.org/2001/XMLSchema#");
        writer.WriteEndObject();
    }

    private static void WriteYear(Utf8JsonWriter writer, string host, int year, long reports, Licence licence)
    {
        writer.WriteStartObject();
        writer.WriteString("@id", $"{host}{GetExport.Path(year)}");
        writer.WriteString("@type", "dcat:Dataset");
        writer.WriteString("dct:identifier", year.ToString(CultureInfo.InvariantCulture));
        WriteTitle(writer, $"{year}年政府信息公开工作年度报告", $"Annual reports on open government information of {year}");
        writer.WriteString("dct:description", string.Create(CultureInfo.InvariantCulture, $"已公布{reports}份报告。{reports} reports are public."));
        writer.WriteStartObject("dct:temporal");
        writer.WriteString("@type", "dct:PeriodOfTime");
        WriteTyped(writer, "dcat:startDate", $"{year}-01-01");
        WriteTyped(writer, "dcat:endDate", $"{year}-12-31");
        writer.WriteEndObject();
        licence.WriteTo(writer);
        WriteReference(writer, "foaf:page", $"{host}{GetManifest.Path(year)}");
        writer.WriteStartArray("dcat:distribution");
        foreach (var (query, title, type) in ((string, string, string)[])
            [("format=ndjson", "NDJSON", ExportFile.Lines), ("format=csv", "CSV, a row per report", Body.CsvType), ("format=csv&rows=cells", "CSV, a row per cell", Body.CsvType)])
        {
            writer.WriteStartObject();
            writer.WriteString("@type", "dcat:Distribution");
            writer.WriteString("dct:title", title);
            WriteReference(writer, "dcat:accessURL", $"{host}{GetExport.Path(year)}");
            WriteReference(writer, "dcat:downloadURL", $"{host}{GetExport.Path(year)}?{query}");
            WriteReference(writer, "dcat:mediaType", $"https://www.iana.org/assignments/media-types/{type}");
            licence.WriteTo(writer);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteFeeds(Utf8JsonWriter writer, string host)
    {
        writer.WriteStartArray("dcat:service");
        foreach (var (path, zh, en) in ((string, string, string)[])[("/v1/changes", "变更", "Changes"), ("/v1/webhooks", "变更推送", "Changes sent to subscribers")])
        {
            writer.WriteStartObject();
            writer.WriteString("@id", $"{host}{path}");
            writer.WriteString("@type", "dcat:DataService");
            WriteTitle(writer, zh, en);
            WriteReference(writer, "dcat:endpointURL", $"{host}{path}");
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteTitle(Utf8JsonWriter writer, string zh, string en)
    {
        writer.WriteStartArray("dct:title");
        foreach (var (language, title) in ((string, string)[])[("zh", zh), ("en", en)])
        {
            writer.WriteStartObject();
            writer.WriteString("@language", language);
            writer.WriteString("@value", title);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteTyped(Utf8JsonWriter writer, string name, string date)
    {
        writer.WriteStartObject(name);
        writer.WriteString("@type", "xsd:date");
        writer.WriteString("@value", date);
        writer.WriteEndObject();
    }

    private static void WriteReference(Utf8JsonWriter writer, string name, string address)
    {
        writer.WriteStartObject(name);
        writer.WriteString("@id", address);
        writer.WriteEndObject();
    }
}
