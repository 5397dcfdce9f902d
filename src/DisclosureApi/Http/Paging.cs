using System.Buffers.Text;
using System.Text;
using Disclosure.Contents;

namespace DisclosureApi.Http;

/// <summary>
/// One page of a list, after a cursor that says nothing to a client: it names the last item seen by a key that never
/// changes, so that what is added or changed meanwhile moves nothing.
/// </summary>
/// <param name="After">The key of the last item seen; empty at the beginning.</param>
public sealed record Page(int Limit, string After)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;
    private const int MaxCursor = 200;

    public static Page Of(HttpRequest request) => new(LimitOf(request), CursorOf(request));

    /// <summary>The items found, one more than asked for where there is a next page.</summary>
    public Answer Answer(string path, IReadOnlyList<(string Key, byte[] Body)> found)
    {
        var (body, next) = Written(path, found);
        return new Answer(StatusCodes.Status200OK, body, Http.Answer.ETagOf(body)) { IsPublic = true, Headers = Links(next) };
    }

    /// <summary>The same for the caller alone.</summary>
    public Answer PrivateAnswer(string path, IReadOnlyList<(string Key, byte[] Body)> found)
    {
        var (body, next) = Written(path, found);
        return new Answer(StatusCodes.Status200OK, body, etag: "") { Headers = Links(next) };
    }

    private static (string Name, string Value)[] Links(string? next) => next is null ? [] : [("Link", $"<{next}>; rel=\"next\"")];

    private (byte[] Body, string? Next) Written(string path, IReadOnlyList<(string Key, byte[] Body)> found)
    {
        var shown = found.Take(Limit).ToList();
        var next = found.Count > Limit ? $"{path}?limit={Limit}&after={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(shown[^1].Key))}" : null;
        var body = Json.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items");
            foreach (var (_, item) in shown)
            {
                writer.WriteRawValue(item, skipInputValidation: true);
            }
            writer.WriteEndArray();
            writer.WriteString("next", next);
            writer.WriteEndObject();
        });
        return (body, next);
    }

    private static int LimitOf(HttpRequest request) => request.Query["limit"] switch
    {
        [] => DefaultLimit,
        [var text] when int.TryParse(text, out var limit) && limit is >= 1 and <= MaxLimit => limit,
        _ => throw Wrong($"limit应为1至{MaxLimit}之间的整数", $"limit must be an integer from 1 to {MaxLimit}."),
    };

    private static string CursorOf(HttpRequest request)
    {
        if (request.Query["after"] is not [{ Length: > 0 and <= MaxCursor } text])
        {
            return request.Query.ContainsKey("after") ? throw WrongCursor() : "";
        }
        try
        {
            var key = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
            return key.Contains('\0', StringComparison.Ordinal) ? throw WrongCursor() : key;
        }
        catch (FormatException)
        {
            throw WrongCursor();
        }
    }

    private static ProblemException WrongCursor() => Wrong("after应取自前一页的next", "after must be taken from the next of the page before.");

    private static ProblemException Wrong(string zh, string en) => new(new Problem(ProblemTypes.InvalidRequest, new Message(zh, en)));
}
