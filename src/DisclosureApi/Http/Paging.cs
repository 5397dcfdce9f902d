using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Disclosure.Contents;

namespace DisclosureApi.Http;

/// <summary>
/// One page of a list, after or before a cursor that says nothing to a client: it names an item by a key that never
/// changes, so that what is added or changed meanwhile moves nothing.
/// </summary>
/// <param name="After">The key of the last item seen; empty at the beginning.</param>
/// <param name="Before">The key of the item that a reader on the way back saw first; empty for all others.</param>
public sealed record Page(int Limit, string After, string Before)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;
    private const int MaxCursor = 200;

    /// <summary>The part of the query that chooses among the items, which holds on the other pages too.</summary>
    private string Filters { get; init; } = "";

    /// <summary>Whether there is no way back, because what comes first may be another then.</summary>
    public bool IsForward { get; init; }

    /// <summary>Whether items are wanted from the cursor towards the beginning, nearest first.</summary>
    public bool IsBackwards => Before.Length > 0;

    /// <summary>The key that the page begins behind, in its direction.</summary>
    public string Cursor => IsBackwards ? Before : After;

    /// <param name="filters">Names of the parameters that choose among the items.</param>
    public static Page Of(HttpRequest request, params IReadOnlyList<string> filters)
    {
        var (after, before) = (CursorOf(request, "after"), CursorOf(request, "before"));
        return after.Length > 0 && before.Length > 0
            ? throw Wrong("after与before只能给出一个", "Give after or before, not both.")
            : new Page(GivenLimit(request) ?? DefaultLimit, after, before)
            {
                Filters = string.Concat(filters.Where(request.Query.ContainsKey).Select(name => $"&{name}={Uri.EscapeDataString(request.Query[name].ToString())}")),
            };
    }

    public static ProblemException Wrong(string zh, string en) => new(new Problem(ProblemTypes.InvalidRequest, new Message(zh, en)));

    public static ProblemException WrongCursor(string name) => Wrong($"{name}应取自另一页的链接", $"{name} must be taken from the links of another page.");

    /// <summary>The items found in the page's direction, one more than asked for where there are more.</summary>
    public Answer Answer(string path, IReadOnlyList<(string Key, byte[] Body)> found)
    {
        var (body, links) = Written(path, found);
        return Http.Answer.Public(new PublicBody(body), headers: ("Link", links));
    }

    /// <summary>The same with members that tell of the whole list, for anyone who is no insider, and for the caller alone otherwise.</summary>
    public Answer Answer(string path, IReadOnlyList<(string Key, byte[] Body)> found, bool isPrivate, Action<Utf8JsonWriter> ofAll)
    {
        var (body, links) = Written(path, found, ofAll);
        return isPrivate
            ? new Answer(StatusCodes.Status200OK, body, etag: "") { Headers = [("Link", links), ("Vary", "Authorization")] }
            : Http.Answer.Public(new PublicBody(body), Json.MediaType, ("Link", links), ("Vary", "Authorization"));
    }

    /// <summary>The same for the caller alone.</summary>
    public Answer PrivateAnswer(string path, IReadOnlyList<(string Key, byte[] Body)> found)
    {
        var (body, links) = Written(path, found);
        return new Answer(StatusCodes.Status200OK, body, etag: "") { Headers = [("Link", links)] };
    }

    private (byte[] Body, string Links) Written(string path, IReadOnlyList<(string Key, byte[] Body)> found, Action<Utf8JsonWriter>? ofAll = null)
    {
        var shown = found.Take(Limit).ToList();
        var isMore = found.Count > Limit;
        if (IsBackwards)
        {
            shown.Reverse();
        }
        var first = $"{path}?limit={Limit}{Filters}";
        var next = shown.Count > 0 && (IsBackwards || isMore) ? $"{first}&after={Encoded(shown[^1].Key)}" : null;
        var previous = !IsForward && shown.Count > 0 && (IsBackwards ? isMore : After.Length > 0) ? $"{first}&before={Encoded(shown[0].Key)}" : null;
        var body = Json.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items");
            foreach (var (_, item) in shown)
            {
                writer.WriteRawValue(item, skipInputValidation: true);
            }
            writer.WriteEndArray();
            ofAll?.Invoke(writer);
            writer.WriteString("next", next);
            writer.WriteEndObject();
        });
        var links = new[] { (first, "first"), (previous, "prev"), (next, "next") }.Where(link => link.Item1 is not null).Select(link => $"<{link.Item1}>; rel=\"{link.Item2}\"");
        return (body, string.Join(", ", links));
    }

    private static string Encoded(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    /// <summary>The limit that the request names; null when it names none.</summary>
    public static int? GivenLimit(HttpRequest request) => request.Query["limit"] switch
    {
        [] => null,
        [var text] when int.TryParse(text, out var limit) && limit is >= 1 and <= MaxLimit => limit,
        _ => throw Wrong($"limit应为1至{MaxLimit}之间的整数", $"limit must be an integer from 1 to {MaxLimit}."),
    };

    private static string CursorOf(HttpRequest request, string name)
    {
        if (request.Query[name] is not [{ Length: > 0 and <= MaxCursor } text])
        {
            return request.Query.ContainsKey(name) ? throw WrongCursor(name) : "";
        }
        try
        {
            var key = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
            return key.Contains('\0', StringComparison.Ordinal) ? throw WrongCursor(name) : key;
        }
        catch (FormatException)
        {
            throw WrongCursor(name);
        }
    }
}
