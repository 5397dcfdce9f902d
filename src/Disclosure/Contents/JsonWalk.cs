using System.Text;
using System.Text.Json;

namespace Disclosure.Contents;

/// <summary>Reads members of a JSON body one by one and notes each fault with its pointer instead of stopping at the first.</summary>
public sealed class JsonWalk(List<Fault> faults)
{
    /// <summary>Nobody mends more at once, and a body of nothing but faults must not cost more to answer than to send.</summary>
    public const int MaxFaults = 1_000;

    public IReadOnlyList<Fault> Faults => faults;

    public void Add(string pointer, string zh, string en)
    {
        if (faults.Count < MaxFaults)
        {
            faults.Add(new Fault(pointer, new Message(zh, en)));
        }
    }

    public void Unknown(string pointer) => Add(pointer, "没有这个成员，请删除或更正名称", "is no member of this object; remove it or correct its name");

    public void Wrong(string pointer, string zh, string en) => Add(pointer, $"应为{zh}", $"must be {en}");

    public void Missing(string pointer) => Add(pointer, "必须填写", "is required");

    /// <summary>The members of an object that are there and not null; every other name than the known ones is a fault.</summary>
    public Dictionary<string, JsonElement> Members(JsonElement value, string at, params ReadOnlySpan<string> known)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (value.ValueKind != JsonValueKind.Object)
        {
            Wrong(at, "对象", "an object");
            return members;
        }
        foreach (var member in value.EnumerateObject())
        {
            if (!known.Contains(member.Name))
            {
                Unknown($"{at}/{Escaped(member.Name)}");
            }
            else if (member.Value.ValueKind != JsonValueKind.Null)
            {
                members.Add(member.Name, member.Value);
            }
        }
        return members;
    }

    public string? Text(Dictionary<string, JsonElement> members, string name, string at, int maxLength) =>
        members.TryGetValue(name, out var value) ? Text(value, $"{at}/{name}", maxLength) : null;

    /// <summary>A text that PostgreSQL and every reader can keep: well-formed Unicode without U+0000.</summary>
    public string? Text(JsonElement value, string pointer, int maxLength)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Wrong(pointer, "字符串", "a string");
            return null;
        }
        var text = value.GetString()!;
        if (text.Length > maxLength)
        {
            Add(pointer, $"不得超过{maxLength}个字符", $"is longer than {maxLength} characters");
            return null;
        }
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            Add(pointer, "不得含有空字符（U+0000）", "contains U+0000, which cannot be kept; remove it");
            return null;
        }
        return text;
    }

    public int? Integer(Dictionary<string, JsonElement> members, string name, string at, int min, int max)
    {
        if (!members.TryGetValue(name, out var value))
        {
            return null;
        }
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max)
        {
            return number;
        }
        Wrong($"{at}/{name}", $"{min}至{max}之间的整数", $"an integer from {min} to {max}");
        return null;
    }

    public bool? Boolean(Dictionary<string, JsonElement> members, string name, string at)
    {
        if (!members.TryGetValue(name, out var value))
        {
            return null;
        }
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }
        Wrong($"{at}/{name}", "true或false", "true or false");
        return null;
    }

    /// <summary>A member's name as a token of a JSON pointer (RFC 6901), cut where someone sent a novel as a name.</summary>
    public static string Escaped(string name)
    {
        if (name.Length <= 100 && !name.AsSpan().ContainsAny('~', '/'))
        {
            return name;
        }
        var shown = name.Length <= 100 ? name : name[..100] + "…";
        return new StringBuilder(shown).Replace("~", "~0").Replace("/", "~1").ToString();
    }
}
