using System.Collections.Immutable;
using System.Text.Json;
using Disclosure.Formats;

namespace Disclosure.Contents;

/// <summary>
/// Reads a filing from JSON and tells every fault at once, each with its pointer, so that a client mends a body in one go.
/// Which members there are stands in <see cref="ContentShape"/> and the forms; whoever is not in them is refused.
/// </summary>
public sealed class FilingReader
{
    private static readonly HashSet<string> _containers = Containers();

    private static readonly HashSet<string> _lists = [.. _containers.Concat(ContentShape.Slots.Select(slot => slot.Path)).Where(path => path.EndsWith("/*", StringComparison.Ordinal)).Select(path => path[..^2])];

    private readonly List<Fault> _faults = [];
    private readonly Dictionary<CellAddress, decimal> _cells = [];
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
            ReadContent(content, "", "");
        }
        var readings = members.TryGetValue("readings", out var given) ? ReadingsReader.Readings(given, $"{_at}/readings", _walk) : Filing.NoReadings;
        var notes = members.TryGetValue("notes", out var told) ? ReadingsReader.Notes(told, $"{_at}/notes", _walk) : [];
        return new Filing(agencyName, year, new ReportContent(CellValues.Of(_cells), _words.ToImmutable()), readings, notes);
    }

    /// <summary>Null is the same as nothing, except where content has no such member: then somebody believes to have said something.</summary>
    /// <param name="path">Path inside the content.</param>
    /// <param name="pattern">The same path with a star for each number of a list's item.</param>
    private void ReadContent(JsonElement value, string path, string pattern)
    {
        var cell = KnownFormats.FindCell(path);
        var slot = cell is null ? ContentShape.Find(path) : null;
        if (cell is null && slot is null && !_containers.Contains(pattern))
        {
            _walk.Unknown(Where(path));
        }
        else if (value.ValueKind == JsonValueKind.Null)
        {
            return;
        }
        else if (cell is not null)
        {
            ReadCell(value, cell);
        }
        else if (slot is not null)
        {
            ReadWord(value, path, slot);
        }
        else
        {
            ReadContainer(value, path, pattern);
        }
    }

    private void ReadContainer(JsonElement value, string path, string pattern)
    {
        var isList = _lists.Contains(pattern);
        if (value.ValueKind != (isList ? JsonValueKind.Array : JsonValueKind.Object))
        {
            _walk.Wrong(Where(path), isList ? "列表" : "对象", isList ? "a list" : "an object");
        }
        else if (isList && value.GetArrayLength() > ContentShape.MaxItems)
        {
            _walk.Add(Where(path), $"最多{ContentShape.MaxItems}项", $"holds more than {ContentShape.MaxItems} items; shorten the list");
        }
        else if (isList)
        {
            foreach (var (i, item) in value.EnumerateArray().Index())
            {
                ReadContent(item, $"{path}/{i}", pattern + "/*");
                RequireWhole($"{path}/{i}", pattern + "/*");
            }
        }
        else
        {
            foreach (var member in value.EnumerateObject())
            {
                var name = JsonWalk.Escaped(member.Name);
                var inside = $"{path}/{name}";
                ReadContent(member.Value, inside, ReferenceEquals(path, pattern) ? inside : $"{pattern}/{name}");
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

    private void ReadCell(JsonElement value, Cell cell)
    {
        if (CellNumber.Read(value) is { } number)
        {
            _cells[cell.Address] = number;
        }
        else
        {
            _walk.Add(Where(cell.Address.Pointer),
                "应为JSON数字：整数不超过9007199254740991，金额不超过15位有效数字（没有数据请用null）",
                "must be a JSON number: a count up to 9007199254740991, an amount of at most 15 significant digits (null when there is none)");
        }
    }

    private string Where(string path) => $"{_at}/content{path}";

    private static HashSet<string> Containers()
    {
        var containers = new HashSet<string>(StringComparer.Ordinal) { "" };
        var cells = KnownFormats.All.SelectMany(format => format.Tables).SelectMany(table => table.Cells).Select(cell => cell.Address.Pointer);
        foreach (var path in ContentShape.Slots.Select(slot => slot.Path).Concat(cells))
        {
            for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
            {
                containers.Add(path[..end]);
            }
        }
        return containers;
    }
}
