using System.Globalization;
using System.Text.Json;
using Disclosure.Contents;

namespace Disclosure.Agencies;

/// <summary>Reads a register entry from JSON and tells every fault at once.</summary>
public static class AgencyReader
{
    private const int MaxName = 200;
    private const int MaxSuccessors = 100;

    /// <param name="code">The code of the resource, which the body must not contradict.</param>
    public static (Agency? Agency, IReadOnlyList<Fault> Faults) Read(JsonElement root, string code)
    {
        var walk = new JsonWalk([]);
        var members = walk.Members(root, "", "code", "name", "region", "level", "kind", "supervisor", "line", "validFrom", "validTo", "successors");
        if (Code(walk, members, "code") is { } given && given != code)
        {
            walk.Add("/code", $"与地址中的代码{code}不一致", $"differs from the code {code} in the address");
        }
        CheckOwnCode(walk, code);
        var agency = new Agency(
            code,
            Name(walk, members),
            Region(walk, members),
            Choice<AgencyLevel>(walk, members, "level"),
            Choice<AgencyKind>(walk, members, "kind"),
            Code(walk, members, "supervisor"),
            Code(walk, members, "line"),
            Day(walk, members, "validFrom") ?? Required(walk, members, "validFrom"),
            Day(walk, members, "validTo"),
            members.TryGetValue("successors", out var successors) ? Successors(walk, successors) : []);
        CheckRegion(walk, agency);
        if (agency.ValidTo < agency.ValidFrom)
        {
            walk.Add("/validTo", "早于validFrom", "lies before validFrom");
        }
        return (walk.Faults.Count == 0 ? agency : null, walk.Faults);
    }

    private static void CheckOwnCode(JsonWalk walk, string code)
    {
        if (!UnifiedCode.IsValid(code))
        {
            walk.Add("/code",
                $"统一社会信用代码无效：应为18位，末位校验码须符合GB 32100-2015",
                "is no unified social credit code: 18 characters, the last of which checks the others (GB 32100-2015)");
        }
        else if (UnifiedCode.HasValidOrganisationCode(code) == false)
        {
            walk.Add("/code", "第9至17位组织机构代码的校验码有误（GB 11714）", "characters 9 to 17 are no organisation code: their check digit is wrong (GB 11714)");
        }
    }

    /// <summary>
    /// A place of a province that the standard knows must be one that it knows. Bodies that have ended may lie in places that
    /// are no more, and development zones carry codes of statistics inside a known prefecture.
    /// </summary>
    private static void CheckRegion(JsonWalk walk, Agency agency)
    {
        var region = agency.Region;
        if (region.Length is not (6 or 9) || Regions.Find(region) is not null || Regions.Find($"{region[..2]}0000") is null || agency.ValidTo is not null)
        {
            return;
        }
        if (agency.Kind != AgencyKind.Zone || Regions.Find($"{region[..4]}00") is null)
        {
            walk.Add("/region", $"行政区划代码{region[..6]}不在GB/T 2260代码表中（/v1/regions）", $"{region[..6]} is no code of GB/T 2260; /v1/regions lists them");
        }
    }

    private static string Name(JsonWalk walk, Dictionary<string, JsonElement> members)
    {
        var name = walk.Text(members, "name", "", MaxName);
        if (name is null)
        {
            Required(walk, members, "name");
        }
        else if (string.IsNullOrWhiteSpace(name))
        {
            walk.Add("/name", "不得为空", "must not be blank");
        }
        else if (PlainName.Fault(name) is { } fault)
        {
            walk.Add("/name", fault.Zh, fault.En);
        }
        return name ?? "";
    }

    private static string Region(JsonWalk walk, Dictionary<string, JsonElement> members)
    {
        var region = walk.Text(members, "region", "", 20);
        if (region is null)
        {
            Required(walk, members, "region");
        }
        else if (region.Length is not (6 or 9) || !region.All(char.IsAsciiDigit))
        {
            walk.Wrong("/region", "GB/T 2260的6位数字，乡镇为9位", "6 digits of GB/T 2260, or 9 for a township");
        }
        return region ?? "";
    }

    private static T Choice<T>(JsonWalk walk, Dictionary<string, JsonElement> members, string name)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName).ToList();
        var given = walk.Text(members, name, "", 50);
        if (given is null)
        {
            Required(walk, members, name);
        }
        else if (names.IndexOf(given) is >= 0 and var i)
        {
            return Enum.GetValues<T>()[i];
        }
        else
        {
            walk.Wrong($"/{name}", string.Join("、", names), $"one of {string.Join(", ", names)}");
        }
        return default;
    }

    private static string? Code(JsonWalk walk, Dictionary<string, JsonElement> members, string name) =>
        walk.Text(members, name, "", UnifiedCode.Length) is { } code ? Checked(walk, $"/{name}", code) : null;

    private static string Checked(JsonWalk walk, string pointer, string code)
    {
        if (!UnifiedCode.IsValid(code))
        {
            walk.Wrong(pointer, "有效的统一社会信用代码（GB 32100-2015）", "a valid unified social credit code (GB 32100-2015)");
        }
        return code;
    }

    private static DateOnly? Day(JsonWalk walk, Dictionary<string, JsonElement> members, string name)
    {
        if (walk.Text(members, name, "", 10) is not { } text)
        {
            return null;
        }
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }
        walk.Wrong($"/{name}", "日期（yyyy-MM-dd）", "a date (yyyy-MM-dd)");
        return null;
    }

    private static DateOnly Required(JsonWalk walk, Dictionary<string, JsonElement> members, string name)
    {
        if (!members.ContainsKey(name))
        {
            walk.Missing($"/{name}");
        }
        return default;
    }

    private static List<string> Successors(JsonWalk walk, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > MaxSuccessors)
        {
            walk.Wrong("/successors", $"最多{MaxSuccessors}个代码的列表", $"a list of at most {MaxSuccessors} codes");
            return [];
        }
        return [.. value.EnumerateArray().Select((item, i) =>
            walk.Text(item, $"/successors/{i}", UnifiedCode.Length) is { } code ? Checked(walk, $"/successors/{i}", code) : "")];
    }
}
