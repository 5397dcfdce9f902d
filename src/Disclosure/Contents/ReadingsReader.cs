using System.Text.Json;
using Disclosure.Formats;

namespace Disclosure.Contents;

/// <summary>Reads the readings and notes that a client hands back as a conversion gave them.</summary>
internal static class ReadingsReader
{
    private const int MaxCandidates = 50;
    private const int MaxRaw = 500;

    public static IReadOnlyDictionary<string, Reading> Readings(JsonElement value, string at, JsonWalk walk)
    {
        var readings = new SortedDictionary<string, Reading>(StringComparer.Ordinal);
        if (value.ValueKind is not JsonValueKind.Object)
        {
            walk.Wrong(at, "对象", "an object");
            return readings;
        }
        foreach (var member in value.EnumerateObject())
        {
            var where = $"{at}/{JsonWalk.Escaped(member.Name)}";
            if (CellAddress.Parse(member.Name) is not { } address || KnownFormats.FindCell(address) is null)
            {
                walk.Unknown(where);
            }
            else if (Read(member.Value, where, walk) is { } reading)
            {
                readings.Add(member.Name, reading);
            }
        }
        return readings;
    }

    public static IReadOnlyList<Note> Notes(JsonElement value, string at, JsonWalk walk)
    {
        if (value.ValueKind is not JsonValueKind.Array || value.GetArrayLength() > ContentShape.MaxItems)
        {
            walk.Wrong(at, $"最多{ContentShape.MaxItems}项的列表", $"a list of at most {ContentShape.MaxItems} items");
            return [];
        }
        return [.. value.EnumerateArray().Select((item, i) => Note(item, $"{at}/{i}", walk))];
    }

    private static Note Note(JsonElement value, string at, JsonWalk walk)
    {
        var members = walk.Members(value, at, "code", "messages", "at");
        var messages = members.TryGetValue("messages", out var given) ? Message(given, $"{at}/messages", walk) : null;
        return new Note(walk.Text(members, "code", at, 100) ?? "", messages ?? new Message("", ""), walk.Text(members, "at", at, 200));
    }

    private static Reading? Read(JsonElement value, string at, JsonWalk walk)
    {
        var members = walk.Members(value, at, "state", "raw", "line", "column", "candidates", "why");
        if (!Enum.TryParse<ReadingState>(walk.Text(members, "state", at, 20), ignoreCase: true, out var state))
        {
            walk.Wrong($"{at}/state", "sure、uncertain、blank或absent", "sure, uncertain, blank or absent");
            return null;
        }
        return new Reading(
            state,
            walk.Text(members, "raw", at, MaxRaw),
            walk.Integer(members, "line", at, 1, int.MaxValue),
            walk.Integer(members, "column", at, 1, int.MaxValue),
            members.TryGetValue("candidates", out var candidates) ? Candidates(candidates, $"{at}/candidates", walk) : [],
            members.TryGetValue("why", out var why) ? Message(why, $"{at}/why", walk) : null);
    }

    private static List<decimal> Candidates(JsonElement value, string at, JsonWalk walk)
    {
        if (value.ValueKind is not JsonValueKind.Array || value.GetArrayLength() > MaxCandidates)
        {
            walk.Wrong(at, $"最多{MaxCandidates}个数字的列表", $"a list of at most {MaxCandidates} numbers");
            return [];
        }
        var numbers = value.EnumerateArray().Select(CellNumber.Read).ToList();
        if (numbers.Contains(null))
        {
            walk.Wrong(at, "数字列表", "a list of numbers");
        }
        return [.. numbers.OfType<decimal>()];
    }

    private static Message? Message(JsonElement value, string at, JsonWalk walk)
    {
        var members = walk.Members(value, at, "zh", "en");
        return new Message(walk.Text(members, "zh", at, 2_000) ?? "", walk.Text(members, "en", at, 2_000) ?? "");
    }
}
