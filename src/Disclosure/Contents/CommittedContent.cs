using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Disclosure.Canonical;
using Disclosure.Formats;

namespace Disclosure.Contents;

/// <summary>
/// A report's content as its events built it up: every value by path, each text with the salt it was committed with.
/// A text keeps its salt until it changes, so the same content keeps the same hash.
/// </summary>
public sealed class CommittedContent
{
    public static CommittedContent Empty { get; } = new(ImmutableSortedDictionary.Create<string, StoredValue>(StringComparer.Ordinal));

    private readonly ImmutableSortedDictionary<string, StoredValue> _values;
    private readonly Lazy<ReportContent> _content;
    private readonly Lazy<string> _hash;

    private CommittedContent(ImmutableSortedDictionary<string, StoredValue> values)
    {
        _values = values;
        _content = new(Open);
        _hash = new(Hashed);
    }

    /// <summary>The content as people and rules read it.</summary>
    public ReportContent Content => _content.Value;

    /// <summary>
    /// SHA-256 over the canonical JSON (RFC 8785) of the content, in which the commitment stands in the place of each
    /// text and nothing stands for what is not given; as lower-case hexadecimal digits.
    /// </summary>
    public string Hash => _hash.Value;

    public IReadOnlyDictionary<string, StoredValue> Values => _values;

    public CommittedContent Apply(IEnumerable<ContentChange> changes)
    {
        var values = _values.ToBuilder();
        foreach (var change in changes)
        {
            if (change.To is null)
            {
                values.Remove(change.Path);
            }
            else
            {
                values[change.Path] = change.To;
            }
        }
        return new CommittedContent(values.ToImmutable());
    }

    /// <summary>The changes that turn this content into that one, ordered by path. New and changed texts get fresh salts.</summary>
    public IReadOnlyList<ContentChange> ChangesTo(ReportContent after, Func<string> newSalt)
    {
        var changes = new SortedDictionary<string, ContentChange>(StringComparer.Ordinal);
        foreach (var (path, from) in _values)
        {
            if (!Has(after, path))
            {
                changes.Add(path, new ContentChange(path, from, null));
            }
        }
        foreach (var (address, value) in after.Cells)
        {
            var from = _values.GetValueOrDefault(address.Pointer);
            if (from is not StoredValue.Number(var number) || number != value)
            {
                changes.Add(address.Pointer, new ContentChange(address.Pointer, from, new StoredValue.Number(value)));
            }
        }
        foreach (var (path, word) in after.Words)
        {
            var from = _values.GetValueOrDefault(path);
            if (Word(from) != word)
            {
                changes.Add(path, new ContentChange(path, from, Commit(path, word, newSalt)));
            }
        }
        return [.. changes.Values];
    }

    /// <summary>Paths whose values differ from those of the content before, in order.</summary>
    public IReadOnlyList<string> PathsChangedSince(CommittedContent before) =>
    [
        .. _values.Keys.Union(before._values.Keys, StringComparer.Ordinal)
            .Where(path => !Equals(_values.GetValueOrDefault(path), before._values.GetValueOrDefault(path)))
            .Order(StringComparer.Ordinal),
    ];

    private static bool Has(ReportContent content, string path) =>
        CellAddress.Parse(path) is { } address ? content.Cells.ContainsKey(address) : content.Words.ContainsKey(path);

    private static string? Word(StoredValue? value) => value switch
    {
        StoredValue.Plain(var word) => word,
        StoredValue.Text(var text) => text.Text,
        _ => null,
    };

    private static StoredValue Commit(string path, string word, Func<string> newSalt) =>
        ContentShape.Find(path) is { Kind: not WordKind.Text }
            ? new StoredValue.Plain(word)
            : new StoredValue.Text(new CommittedText(word, newSalt()));

    private ReportContent Open()
    {
        var cells = ImmutableDictionary.CreateBuilder<CellAddress, decimal>();
        var words = ReportContent.Empty.Words.ToBuilder();
        foreach (var (path, value) in _values)
        {
            if (value is StoredValue.Number(var number))
            {
                cells.Add(CellAddress.Parse(path) ?? throw new InvalidOperationException($"A number stands at {path}, which is no cell."), number);
            }
            else
            {
                words.Add(path, Word(value)!);
            }
        }
        return new ReportContent(cells.ToImmutable(), words.ToImmutable());
    }

    private string Hashed()
    {
        var root = new JsonObject();
        foreach (var (path, value) in _values)
        {
            Place(root, path.Split('/').AsSpan(1), value.Hashed());
        }
        return Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Bytes(Listed(root))));
    }

    private static void Place(JsonObject parent, ReadOnlySpan<string> path, JsonNode value)
    {
        foreach (var name in path[..^1])
        {
            if (parent[name] is not JsonObject child)
            {
                parent[name] = child = [];
            }
            parent = child;
        }
        parent[path[^1]] = value;
    }

    /// <summary>Members named by numbers are the items of a list, in the order of their numbers.</summary>
    private static JsonNode? Listed(JsonNode? node)
    {
        if (node is not JsonObject members)
        {
            return node?.DeepClone();
        }
        return members.Count > 0 && members.All(member => member.Key.All(char.IsAsciiDigit))
            ? new JsonArray([.. members.OrderBy(member => int.Parse(member.Key)).Select(member => Listed(member.Value))])
            : new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Listed(member.Value))));
    }
}
