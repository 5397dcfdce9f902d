using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
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

    private static readonly JsonSerializerOptions _stored = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly ImmutableSortedDictionary<string, StoredValue> _values;
    private readonly Lazy<ReportContent> _content;
    private readonly Lazy<string> _hash;
    private Next? _next;

    private CommittedContent(ImmutableSortedDictionary<string, StoredValue> values, ReportContent? content = null)
    {
        _values = values;
        _content = content is null ? new(Open) : new(content);
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

    /// <summary>The content as its hash sees it, with each text open beside its salt: the commitments in their places, this is what was hashed.</summary>
    public JsonNode Opened() => Nested(value => JsonSerializer.SerializeToNode(value, _stored)!);

    /// <summary>The content after these changes. What a decision has tried is what its event does a moment later, so that the last result is held while somebody else holds it.</summary>
    public CommittedContent Apply(IReadOnlyList<ContentChange> changes)
    {
        if (_next is { } next && ReferenceEquals(next.Changes, changes) && next.After.TryGetTarget(out var known))
        {
            return known;
        }
        var after = new CommittedContent(Changed(changes), _content.IsValueCreated ? Changed(Content, changes) : null);
        _next = new Next(changes, new WeakReference<CommittedContent>(after));
        return after;
    }

    private ImmutableSortedDictionary<string, StoredValue> Changed(IReadOnlyList<ContentChange> changes)
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
        return values.ToImmutable();
    }

    /// <summary>The content as people read it after these changes, which are few beside all that it holds.</summary>
    private static ReportContent Changed(ReportContent before, IReadOnlyList<ContentChange> changes)
    {
        var (cells, words) = (new List<(CellAddress, decimal?)>(), before.Words.ToBuilder());
        foreach (var (path, _, to) in changes)
        {
            switch (to)
            {
                case StoredValue.Number(var number):
                    cells.Add((Cell(path), number));
                    break;
                case null when CellAddress.Parse(path) is { } address:
                    cells.Add((address, null));
                    break;
                case null:
                    words.Remove(path);
                    break;
                default:
                    words[path] = Word(to)!;
                    break;
            }
        }
        return new ReportContent(cells.Count == 0 ? before.Cells : before.Cells.After(cells), words.ToImmutable());
    }

    private static CellAddress Cell(string path) => CellAddress.Parse(path) ?? throw new InvalidOperationException($"A number stands at {path}, which is no cell.");

    /// <summary>The changes that turn this content into that one, ordered by path. New and changed texts get fresh salts.</summary>
    public IReadOnlyList<ContentChange> ChangesTo(ReportContent after, Func<string> newSalt)
    {
        var (before, changes) = (Content, new List<ContentChange>());
        foreach (var path in before.Words.Keys.Where(path => !after.Words.ContainsKey(path)).Concat(before.Cells.Keys.Where(address => !after.Cells.ContainsKey(address)).Select(address => address.Pointer)))
        {
            changes.Add(new ContentChange(path, _values[path], null));
        }
        foreach (var (address, value) in after.Cells.Where(cell => before.Cell(cell.Key) != cell.Value))
        {
            changes.Add(new ContentChange(address.Pointer, _values.GetValueOrDefault(address.Pointer), new StoredValue.Number(value)));
        }
        foreach (var (path, word) in after.Words.Where(word => before.Word(word.Key) != word.Value))
        {
            changes.Add(new ContentChange(path, _values.GetValueOrDefault(path), Commit(path, word, newSalt)));
        }
        return [.. changes.OrderBy(change => change.Path, StringComparer.Ordinal)];
    }

    /// <summary>Paths whose values differ from those of the content before, in order.</summary>
    public IReadOnlyList<string> PathsChangedSince(CommittedContent before) =>
    [
        .. _values.Keys.Union(before._values.Keys, StringComparer.Ordinal)
            .Where(path => !Equals(_values.GetValueOrDefault(path), before._values.GetValueOrDefault(path)))
            .Order(StringComparer.Ordinal),
    ];

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
        var cells = new Dictionary<CellAddress, decimal>();
        var words = ReportContent.Empty.Words.ToBuilder();
        foreach (var (path, value) in _values)
        {
            if (value is StoredValue.Number(var number))
            {
                cells.Add(Cell(path), number);
            }
            else
            {
                words.Add(path, Word(value)!);
            }
        }
        return new ReportContent(CellValues.Of(cells), words.ToImmutable());
    }

    private string Hashed() => Convert.ToHexStringLower(SHA256.HashData(CanonicalContent.Bytes(_values)));

    private JsonNode Nested(Func<StoredValue, JsonNode> written)
    {
        var root = new JsonObject();
        foreach (var (path, value) in _values)
        {
            Place(root, path.Split('/').AsSpan(1), written(value));
        }
        return Listed(root)!;
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

    /// <summary>What came of these changes. Held weakly: a public revision must not keep every draft after it in memory.</summary>
    private sealed record Next(IReadOnlyList<ContentChange> Changes, WeakReference<CommittedContent> After);
}
