using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Disclosure.Formats;

namespace Disclosure.Contents;

/// <summary>What may stand at a path of the content.</summary>
public enum WordKind
{
    /// <summary>Words as printed. They may have to be redacted one day, so events commit to them with a salt.</summary>
    Text,

    /// <summary>A day, as yyyy-MM-dd.</summary>
    Date,

    /// <summary>The key of an official form.</summary>
    Form,

    /// <summary>The key of a section.</summary>
    Section,

    /// <summary>A pointer to a cell, a row or a table.</summary>
    Place,
}

/// <summary>A path of the content that holds words. A star stands for the number of a list's item.</summary>
public sealed record WordSlot(string Path, WordKind Kind, int MaxLength);

/// <summary>A place of the content as its JSON nests: a cell, words, or what holds other places.</summary>
public sealed class ContentPlace
{
    private const int LongestName = 64;
    private readonly Dictionary<string, ContentPlace> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ContentPlace>.AlternateLookup<ReadOnlySpan<char>> _byName;

    private ContentPlace(string path)
    {
        (Path, Cell, Slot) = (path, KnownFormats.FindCell(path), ContentShape.Slots.FirstOrDefault(slot => slot.Path == path));
        Index = Cell is { } cell ? KnownFormats.IndexOf(cell.Address) : -1;
        _byName = _members.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>With a star for the number of each item of a list.</summary>
    public string Path { get; }

    public Cell? Cell { get; }

    /// <summary>The cell's index among all that there are.</summary>
    public int Index { get; }

    public WordSlot? Slot { get; }

    /// <summary>What each item is, where this is a list.</summary>
    public ContentPlace? Item { get; private set; }

    /// <summary>The whole content.</summary>
    public static ContentPlace Root { get; } = Grown();

    /// <summary>The place of a member; null where content has no such member. Every cell of every filing is looked up so, and none of their names becomes a string.</summary>
    public ContentPlace? Member(JsonProperty member)
    {
        var name = JsonMarshal.GetRawUtf8PropertyName(member);
        if (name.Contains((byte)'\\'))
        {
            return _members.GetValueOrDefault(member.Name);
        }
        Span<char> letters = stackalloc char[LongestName];
        return Ascii.ToUtf16(name, letters, out var length) == System.Buffers.OperationStatus.Done && _byName.TryGetValue(letters[..length], out var place) ? place : null;
    }

    private ContentPlace With(string name)
    {
        var place = _members[name] = new ContentPlace($"{Path}/{name}");
        Item = name == "*" ? place : Item;
        return place;
    }

    private static ContentPlace Grown()
    {
        var root = new ContentPlace("");
        var cells = KnownFormats.All.SelectMany(format => format.Tables).SelectMany(table => table.Cells).Select(cell => cell.Address.Pointer);
        foreach (var path in ContentShape.Slots.Select(slot => slot.Path).Concat(cells))
        {
            var at = root;
            foreach (var name in path.Split('/').Skip(1))
            {
                at = at._members.TryGetValue(name, out var known) ? known : at.With(name);
            }
        }
        return root;
    }
}

/// <summary>Every path that content may have besides the cells of its tables, with its limits: one table for reading, writing, storing and the contract.</summary>
public static class ContentShape
{
    public const int MaxItems = 500;
    private const int Line = 1_000;
    private const int Prose = 200_000;

    public static IReadOnlyList<WordSlot> Slots { get; } =
    [
        new("/title", WordKind.Text, Line),
        new("/printedDate", WordKind.Date, 10),
        new("/period/from", WordKind.Date, 10),
        new("/period/to", WordKind.Date, 10),
        new("/contact/office", WordKind.Text, Line),
        new("/contact/address", WordKind.Text, Line),
        new("/contact/postcode", WordKind.Text, Line),
        new("/contact/telephone", WordKind.Text, Line),
        new("/contact/email", WordKind.Text, Line),
        new("/contact/site", WordKind.Text, Line),
        .. Sections.All.Select(section => new WordSlot($"/sections/{section.Key}", WordKind.Text, Prose)),
        .. KnownFormats.TableKeys.Select(table => new WordSlot($"/forms/{table}", WordKind.Form, 10)),
        new("/source/headings/*/section", WordKind.Section, 20),
        new("/source/headings/*/printed", WordKind.Text, Line),
        new("/source/labels/*/at", WordKind.Place, 200),
        new("/source/labels/*/printed", WordKind.Text, Line),
        new("/source/marks/*", WordKind.Text, Line),
    ];

    private static readonly Dictionary<string, WordSlot> _byPath = Slots.ToDictionary(slot => slot.Path, StringComparer.Ordinal);

    private static readonly HashSet<string> _places = AllPlaces();

    /// <summary>The slot of a concrete path, whose list items carry numbers; null when content has no such path.</summary>
    public static WordSlot? Find(string path) =>
        _byPath.GetValueOrDefault(path) ?? (path.AsSpan().ContainsAnyInRange('0', '9') ? _byPath.GetValueOrDefault(Starred(path)) : null);

    /// <summary>Whether a word is what its slot says, judged by form alone.</summary>
    public static bool Fits(WordSlot slot, string word) => word.Length <= slot.MaxLength && slot.Kind switch
    {
        WordKind.Text => true,
        WordKind.Date => DateOnly.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        WordKind.Form => KnownFormats.ByKey(word) is not null,
        WordKind.Section => Sections.Find(word) is not null,
        WordKind.Place => _places.Contains(word),
        _ => throw new ArgumentOutOfRangeException(nameof(slot), slot.Kind, "unknown kind of word"),
    };

    private static string Starred(string path) =>
        string.Join('/', path.Split('/').Select(part => part.Length > 0 && part.All(char.IsAsciiDigit) ? "*" : part));

    private static HashSet<string> AllPlaces()
    {
        var places = new HashSet<string>(StringComparer.Ordinal);
        foreach (var address in KnownFormats.All.SelectMany(format => format.Tables).SelectMany(table => table.Cells).Select(cell => cell.Address))
        {
            places.UnionWith([$"/tables/{address.Table}", $"/tables/{address.Table}/{address.Row}", address.Pointer]);
        }
        return places;
    }
}
