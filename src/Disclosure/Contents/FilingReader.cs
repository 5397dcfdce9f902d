using System.Collections.Immutable;
using System.Text.Json;

namespace Disclosure.Contents;

/// <summary>
/// Reads a filing from JSON and tells every fault at once, each with its pointer, so that a client mends a body in one go.
/// Which members there are stands in <see cref="ContentShape"/> and the forms; whoever is not in them is refused.
/// </summary>
public sealed class FilingReader
{
    private readonly List<Fault> _faults = [];
    private readonly CellValues.Builder _cells = new(CellValues.Empty);
    private readonly ImmutableSortedDictionary<string, string>.Builder _words = ReportContent.Empty.Words.ToBuilder();
    private readonly JsonWalk _walk;
    private readonly string _at;

    private FilingReader(string at) => (_walk, _at) = (new JsonWalk(_faults), at);

    /// <param name="root">The filing; duplicate members have been refused when it was parsed.</param>
    /// <param name="at">Where in the request's body the filing stands; empty when it is the body.</param>
    public static (Filing Filing, IReadOnlyList<Fault> Faults) Read(JsonElement root, string at = "")
    {
        var reader = new FilingReader(at);
        var filing = reader.ReadFiling(root);
        return (filing, reader._faults);
    }

    private Filing ReadFiling(JsonElement root)
    {
        var members = _walk.Members(root, _at, "agencyName", "year", "content", "readings", "notes");
        var agencyName = _walk.Text(members, "agencyName", _at, 500);
        var year = _walk.Integer(members, "year", _at, 1900, 9999);
        if (members.TryGetValue("content", out var content))
        {
            ReadContent(content, ContentPlace.Root, "");
        }
        var readings = members.TryGetValue("readings", out var given) ? ReadingsReader.Readings(given, $"{_at}/readings", _walk) : Filing.NoReadings;
        var notes = members.TryGetValue("notes", out var told) ? ReadingsReader.Notes(told, $"{_at}/notes", _walk) : [];
        return new Filing(agencyName, year, new ReportContent(_cells.Values(), _words.ToImmutable()), readings, notes);
    }

    /// <summary>Null is the same as nothing, except where content has no such member: then somebody believes to have said something.</summary>
    /// <param name="path">Path inside the content: the place's own outside of lists.</param>
    private void ReadContent(JsonElement value, ContentPlace place, string path)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return;
        }
        if (place.Cell is not null)
        {
            ReadCell(value, place);
        }
        else if (place.Slot is { } slot)
        {
            ReadWord(value, path, slot);
        }
        else if (place.Item is { } item)
        {
            ReadList(value, item, path);
        }
        else if (value.ValueKind != JsonValueKind.Object)
        {
            _walk.Wrong(Where(path), "对象", "an object");
        }
        else
        {
            ReadMembers(value, place, path);
        }
    }

    private void ReadMembers(JsonElement value, ContentPlace place, string path)
    {
        foreach (var member in value.EnumerateObject())
        {
            if (place.Member(member) is { } inside)
            {
                ReadContent(member.Value, inside, ReferenceEquals(path, place.Path) ? inside.Path : $"{path}/{member.Name}");
            }
            else
            {
                _walk.Unknown(Where($"{path}/{JsonWalk.Escaped(member.Name)}"));
            }
        }
    }

    private void ReadList(JsonElement value, ContentPlace item, string path)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            _walk.Wrong(Where(path), "列表", "a list");
        }
        else if (value.GetArrayLength() > ContentShape.MaxItems)
        {
            _walk.Add(Where(path), $"最多{ContentShape.MaxItems}项", $"holds more than {ContentShape.MaxItems} items; shorten the list");
        }
        else
        {
            foreach (var (i, given) in value.EnumerateArray().Index())
            {
                ReadContent(given, item, $"{path}/{i}");
                RequireWhole($"{path}/{i}", item.Path);
            }
        }
    }

    /// <summary>An item of a list that lacks a part would leave a hole in the list, and what stands after the hole would be lost.</summary>
    private void RequireWhole(string path, string pattern)
    {
        foreach (var part in ContentShape.Slots.Where(slot => slot.Path.StartsWith(pattern, StringComparison.Ordinal)))
        {
            var whole = path + part.Path[pattern.Length..];
            if (!_words.ContainsKey(whole) && !_faults.Exists(fault => fault.Pointer == Where(whole)))
            {
                _walk.Missing(Where(whole));
            }
        }
    }

    private void ReadWord(JsonElement value, string path, WordSlot slot)
    {
        if (_walk.Text(value, Where(path), slot.MaxLength) is not { } word)
        {
            return;
        }
        if (ContentShape.Fits(slot, word))
        {
            _words[path] = word;
        }
        else
        {
            _walk.Add(Where(path), $"“{word}”不是有效的值（{slot.Kind}）", $"\"{word}\" is not a valid {slot.Kind}");
        }
    }

    private void ReadCell(JsonElement value, ContentPlace place)
    {
        if (CellNumber.Read(value) is { } number)
        {
            _cells.Set(place.Index, number);
        }
        else
        {
            _walk.Add(Where(place.Path),
                "应为JSON数字：整数不超过9007199254740991，金额不超过15位有效数字（没有数据请用null）",
                "must be a JSON number: a count up to 9007199254740991, an amount of at most 15 significant digits (null when there is none)");
        }
    }

    private string Where(string path) => $"{_at}/content{path}";
}
