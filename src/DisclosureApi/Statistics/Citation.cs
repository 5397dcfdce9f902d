using System.Text.Json;
using DisclosureApi.Http;

namespace DisclosureApi.Statistics;

/// <summary>How an answer is cited, so that whoever follows the citation reads the same bytes.</summary>
/// <param name="Path">The address without its query.</param>
/// <param name="Names">The parameters that the question was asked with, in the order of the contract.</param>
internal sealed record Citation(string Path, IReadOnlyList<(string Name, string Value)> Names, AsOf AsOf)
{
    public string Permalink => $"{Path}?{string.Join('&', Names.Select(name => $"{name.Name}={Uri.EscapeDataString(name.Value)}").Append($"asOf={AsOf.Position}"))}";

    /// <param name="known">Names of the parameters that choose; the point in time is told by itself.</param>
    /// <param name="resolved">What a request left open and the answer decided.</param>
    public static Citation Of(HttpRequest request, IReadOnlyList<string> known, AsOf asOf, params IReadOnlyList<(string Name, string Value)> resolved) => new(
        request.Path,
        [
            .. resolved,
            .. from name in known
               where name != AsOf.Parameter && request.Query.ContainsKey(name) && resolved.All(entry => entry.Name != name)
               select (name, request.Query[name].ToString()),
        ], asOf);

    public void Write(Utf8JsonWriter writer)
    {
        var when = AsOf.Time ?? "–";
        writer.WriteStartObject("asOf");
        writer.WriteNumber("position", AsOf.Position);
        writer.WriteString("at", AsOf.Time);
        writer.WriteEndObject();
        writer.WriteString("permalink", Permalink);
        writer.WriteStartObject("citation");
        writer.WriteString("zh", $"政府信息公开工作年度报告统计，截至第{AsOf.Position}号公开事件（{when}），{Permalink}");
        writer.WriteString("en", $"Statistics of annual reports on open government information, as of public event {AsOf.Position} ({when}), {Permalink}");
        writer.WriteEndObject();
    }

    /// <summary>What stands as of a position never changes, so that caches may keep it; what stands now may change at any time.</summary>
    public static string CacheControl(HttpRequest request) =>
        Filter.AsOf(request).Position is null ? "public, no-cache" : "public, max-age=3600";
}
