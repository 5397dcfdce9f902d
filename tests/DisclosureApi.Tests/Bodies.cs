using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Disclosure.Contents;
using Disclosure.Tests;

namespace DisclosureApi.Tests;

/// <summary>Request headers that tests send again and again.</summary>
public static class Headers
{
    public const string Key = "Idempotency-Key";

    public static readonly (string Name, string Value) Create = ("If-None-Match", "*");

    public static (string Name, string Value) Match(string etag) => ("If-Match", etag);
}

/// <summary>Request bodies that tests send again and again.</summary>
public static class Bodies
{
    public static HttpContent Json(string json) => new StringContent(json, Encoding.UTF8, "application/json");

    public static HttpContent Json(object value) => JsonContent.Create(value);

    public static HttpContent Text(string text) => new StringContent(text, Encoding.UTF8, "text/plain");

    public static HttpContent Empty => Json("{}");

    public static HttpContent Filing(Filing filing) => Json(Written(filing).ToJsonString());

    public static HttpContent Filing(ReportContent content, int year = 2023) => Filing(Samples.Filing(year) with { Content = Samples.InYear(content, year) });

    public static JsonObject Written(Filing filing)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            FilingWriter.Write(writer, filing);
        }
        return JsonNode.Parse(stream.ToArray())!.AsObject();
    }

    public static HttpContent Agency(string code, string? supervisor = Samples.Office, string name = Samples.AgencyName) =>
        Json(AgencyJson(code, supervisor, name));

    public static string AgencyJson(string code, string? supervisor = Samples.Office, string name = Samples.AgencyName) => JsonSerializer.Serialize(new
    {
        code,
        name,
        region = "990102",
        level = "county",
        kind = "department",
        supervisor,
        line = (string?)null,
        validFrom = "2019-01-01",
        validTo = (string?)null,
        successors = Array.Empty<string>(),
    });
}
