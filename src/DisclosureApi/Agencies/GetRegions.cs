using System.Text.Json;
using Disclosure.Agencies;
using DisclosureApi.Http;

namespace DisclosureApi.Agencies;

/// <summary>GET /v1/regions and /v1/regions/{region}: the administrative divisions that entries of the register lie in.</summary>
internal static class GetRegions
{
    private static readonly string[] _filters = ["parent"];

    private static readonly IReadOnlyList<Region> _ordered = [.. Regions.All.OrderBy(region => region.Code, StringComparer.Ordinal)];

    public static readonly OperationContract List = new("list_regions", "Agencies", "List the administrative divisions")
    {
        Description = "GB/T 2260 as of the end of 2024, in the order of codes; with parent, the divisions right below one. next is the address of the following page, null on the last.",
        IsPaged = true,
        Filters = _filters,
        Answers = [new(200, "RegionPage", "A page of divisions") { Headers = ["ETag", "Link"] }, new(304, null, "The reader already has these bytes") { Headers = ["ETag"] }],
        Problems = [400],
    };

    public static readonly OperationContract One = new("get_region", "Agencies", "Read an administrative division")
    {
        Description = "One division of GB/T 2260, by its 6 digits.",
        Answers = [new(200, "Region", "The division") { Headers = ["ETag"] }, new(304, null, "The reader already has these bytes") { Headers = ["ETag"] }],
        Problems = [404],
    };

    public static IResult ListAll(HttpRequest request)
    {
        var page = Page.Of(request, _filters);
        var parent = Filter.Region(request, "parent");
        var chosen = _ordered.Where(region => parent is null || region.Parent == parent);
        var found = page.IsBackwards
            ? chosen.Reverse().Where(region => string.CompareOrdinal(region.Code, page.Cursor) < 0)
            : chosen.Where(region => string.CompareOrdinal(region.Code, page.Cursor) > 0);
        return page.Answer("/v1/regions", [.. found.Take(page.Limit + 1).Select(region => (region.Code, Json.Bytes(writer => Write(writer, region))))]);
    }

    public static IResult Find(string region) =>
        region.Length == 6 && Regions.Find(region) is { } found ? Answer.Public(writer => Write(writer, found)) : new Problem(ProblemTypes.NotFound);

    private static void Write(Utf8JsonWriter writer, Region region)
    {
        writer.WriteStartObject();
        writer.WriteString("code", region.Code);
        writer.WriteString("name", region.Name);
        writer.WriteString("parent", region.Parent);
        writer.WriteString("level", JsonNamingPolicy.CamelCase.ConvertName(region.Level.ToString()));
        writer.WriteEndObject();
    }
}
