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
    public static CommittedContent Empty { get; } = new(CellValues.Empty, ImmutableSortedDictionary.Create<string, StoredValue>(StringComparer.Ordinal));

    private static readonly JsonSerializerOptions _stored = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly CellValues _cells;
    private readonly ImmutableSortedDictionary<string, StoredValue> _words;
    private readonly Lazy<ReportContent> _content;
    private readonly Lazy<string> _hash;
    private Next? _next;

    private CommittedContent(CellValues cells, ImmutableSortedDictionary<string, StoredValue> words, ReportContent? content = null)
    {
        (_cells, _words) = (cells, words);
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

    /// <summary>Every value by its path.</summary>
    public IEnumerable<KeyValuePair<string, StoredValue>> Values =>
        _cells.Select(cell => KeyValuePair.Create<string, StoredValue>(cell.Key.Pointer, new StoredValue.Number(cell.Value))).Concat(_words);

    /// <summary>The words at a path, without opening all the others.</summary>
    public StoredValue? Word(string path) => _words.GetValueOrDefault(path);

    /// <summary>The content as its hash sees it, with each text open beside its salt: the commitments in their places, this is what was hashed.</summary>
    public JsonNode Opened() => Nested(value => JsonSerializer.SerializeToNode(value, _stored)!);

    /// <summary>The content after these changes. What a decision has tried is what its event does a moment later, so that the last result is held while somebody else holds it.</summary>
    public CommittedContent Apply(IReadOnlyList<ContentChange> changes)
    {
        if (_next is { } next && ReferenceEquals(next.Changes, changes) && next.After.TryGetTarget(out var known))
        {
            return known;
        }
        var (cells, words) = (new List<(int, decimal?)>(), _words.ToBuilder());
        var opened = _content.IsValueCreated ? Content.Words.ToBuilder() : null;
        foreach (var (path, _, to) in changes)
        {
            if (KnownFormats.IndexOf(path) is >= 0 and var cell && to is null or StoredValue.Number)
            {
                cells.Add((cell, (to as StoredValue.Number)?.Value));
            }
            else if (to is null)
            {
                words.Remove(path);
                opened?.Remove(path);
            }
            else
            {
                words[path] = to;
                opened?[path] = WordOf(to);
            }
        }
        var numbers = cells.Count == 0 ? _cells : _cells.After(cells);
        var after = new CommittedContent(numbers, words.ToImmutable(), opened is null ? null : new ReportContent(numbers, opened.ToImmutable()));
        _next = new Next(changes, new WeakReference<CommittedContent>(after));
        return after;
    }

    /// <summary>The changes that turn this content into that one, ordered by path. New and changed texts get fresh salts.</summary>
    public IReadOnlyList<ContentChange> ChangesTo(ReportContent after, Func<string> newSalt)
    {
        var (words, changes) = (Content.Words, new List<ContentChange>());
        for (var i = 0; i < KnownFormats.Cells.Count; i++)
        {
            if (_cells.At(i) is var from && after.Cells.At(i) is var to && from != to)
            {
                changes.Add(new ContentChange(KnownFormats.Cells[i].Address.Pointer, Number(from), Number(to)));
            }
        }
        if (!ReferenceEquals(words, after.Words))
        {
            changes.AddRange(words.Keys.Where(path => !after.Words.ContainsKey(path)).Select(path => new ContentChange(path, _words[path], null)));
            changes.AddRange(after.Words.Where(word => words.GetValueOrDefault(word.Key) != word.Value)
                .Select(word => new ContentChange(word.Key, _words.GetValueOrDefault(word.Key), Commit(word.Key, word.Value, newSalt))));
        }
        return [.. changes.OrderBy(change => change.Path, StringComparer.Ordinal)];
    }

    private static StoredValue.Number? Number(decimal? value) => value is { } number ? new StoredValue.Number(number) : null;

    /// <summary>Paths whose values differ from those of the content before, in order.</summary>
    public IReadOnlyList<string> PathsChangedSince(CommittedContent before) =>
    [
        .. KnownFormats.Cells.Index().Where(cell => _cells.At(cell.Index) != before._cells.At(cell.Index)).Select(cell => cell.Item.Address.Pointer)
            .Concat(_words.Keys.Union(before._words.Keys, StringComparer.Ordinal).Where(path => !Equals(Word(path), before.Word(path))))
            .Order(StringComparer.Ordinal),
    ];

    private static string WordOf(StoredValue value) => value switch
    {
        StoredValue.Plain(var word) => word,
        StoredValue.Text(var text) => text.Text,
        _ => throw new InvalidOperationException("A number stands where there is no cell."),
    };

    private static StoredValue Commit(string path, string word, Func<string> newSalt) =>
        ContentShape.Find(path) is { Kind: not WordKind.Text }
            ? new StoredValue.Plain(word)
            : new StoredValue.Text(new CommittedText(word, newSalt()));

    private ReportContent Open()
    {
        var words = ReportContent.Empty.Words.ToBuilder();
        words.AddRange(_words.Select(word => KeyValuePair.Create(word.Key, WordOf(word.Value))));
        return new ReportContent(_cells, words.ToImmutable());
    }

    private string Hashed() => Convert.ToHexStringLower(SHA256.HashData(CanonicalContent.Bytes(_cells, _words)));

    private JsonNode Nested(Func<StoredValue, JsonNode> written)
    {
        var root = new JsonObject();
        foreach (var (path, value) in Values)
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
