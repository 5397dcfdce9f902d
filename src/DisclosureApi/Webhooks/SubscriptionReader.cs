using System.Globalization;
using System.Text.Json;
using Disclosure.Agencies;
using Disclosure.Contents;
using Disclosure.Formats;
using DisclosureApi.Http;
using DisclosureApi.Store.Following;
using DisclosureApi.Webhooks.Targets;

namespace DisclosureApi.Webhooks;

/// <summary>Reads what an owner wants; every fault is told.</summary>
internal static class SubscriptionReader
{
    public const int MaxDescription = 200;
    public const long MostPosition = (1L << 53) - 1;

    public static readonly string[] Known = ["url", "description", "filter", "after"];
    public static readonly string[] Changeable = ["url", "description", "filter", "status"];

    public static Wanted Read(JsonWalk walk, Dictionary<string, JsonElement> members, bool isLocal)
    {
        var url = walk.Text(members, "url", "", Target.MaxLength);
        if (url is null && !members.ContainsKey("url"))
        {
            walk.Missing("/url");
        }
        var target = url is null ? null : Target.Read(walk, url, isLocal);
        var status = Word(walk, members, "status", Subscription.Active, Subscription.Paused);
        return new Wanted(
            target?.AbsoluteUri ?? "", walk.Text(members, "description", "", MaxDescription), members.TryGetValue("filter", out var filter) ? ReadFilter(walk, filter) : ChangeFilter.All,
            status, ReadPosition(walk, members, "after"));
    }

    /// <summary>A position that lies anywhere between the first and what has not happened yet; null when it is not given.</summary>
    public static long? ReadPosition(JsonWalk walk, Dictionary<string, JsonElement> members, string name)
    {
        if (!members.TryGetValue(name, out var value))
        {
            return null;
        }
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var position) && position is >= 0 and <= MostPosition)
        {
            return position;
        }
        walk.Wrong($"/{name}", "0或正整数", "0 or a positive integer");
        return null;
    }

    private static ChangeFilter ReadFilter(JsonWalk walk, JsonElement filter)
    {
        var members = walk.Members(filter, "/filter", "types", "agency", "region", "year");
        return new ChangeFilter(
            ReadTypes(walk, members),
            Checked(walk, members, "agency", UnifiedCode.IsValid, "统一社会信用代码", "a unified social credit code"),
            Checked(walk, members, "region", code => code.Length is 6 or 9 && Filter.IsRegion(code), "6位或9位行政区划代码", "a region's code of 6 or 9 digits"),
            walk.Integer(members, "year", "/filter", KnownFormats.FirstYear, 9999));
    }

    private static List<string>? ReadTypes(JsonWalk walk, Dictionary<string, JsonElement> members)
    {
        if (!members.TryGetValue("types", out var list))
        {
            return null;
        }
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 || list.GetArrayLength() > Change.Names.Count)
        {
            walk.Wrong("/filter/types", $"1至{Change.Names.Count}项的列表；不限类型时省略", $"a list of 1 to {Change.Names.Count} types; leave it out for all");
            return null;
        }
        var types = new List<string>();
        foreach (var (i, item) in list.EnumerateArray().Index())
        {
            if (item.ValueKind == JsonValueKind.String && Change.Names.Contains(item.GetString()!, StringComparer.Ordinal))
            {
                types.Add(item.GetString()!);
            }
            else
            {
                walk.Wrong(string.Create(CultureInfo.InvariantCulture, $"/filter/types/{i}"), $"{string.Join('、', Change.Names)}之一", $"one of {string.Join(", ", Change.Names)}");
            }
        }
        return types;
    }

    private static string? Checked(JsonWalk walk, Dictionary<string, JsonElement> members, string name, Func<string, bool> isRight, string zh, string en)
    {
        if (walk.Text(members, name, "/filter", 100) is not { } text || isRight(text))
        {
            return members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        walk.Wrong($"/filter/{name}", zh, en);
        return null;
    }

    private static string Word(JsonWalk walk, Dictionary<string, JsonElement> members, string name, params string[] choices)
    {
        if (!members.TryGetValue(name, out var value))
        {
            return choices[0];
        }
        if (value.ValueKind == JsonValueKind.String && choices.Contains(value.GetString(), StringComparer.Ordinal))
        {
            return value.GetString()!;
        }
        walk.Wrong($"/{name}", string.Join('或', choices), string.Join(" or ", choices));
        return choices[0];
    }
}
