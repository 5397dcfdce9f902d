using System.Globalization;
using System.Text.Json;
using DisclosureApi.Http;
using DisclosureApi.Store.History;

namespace DisclosureApi.Changes;

/// <summary>GET /v1/changes: what anyone may see happen, in its order.</summary>
internal static class ListChanges
{
    public const string Stream = "text/event-stream";

    private const string Path = "/v1/changes";
    private const int MostStreams = 10_000;
    private const long Most = (1L << 53) - 1;

    public static readonly OperationContract Contract = new("list_changes", "Changes", "Hear of all that changes in public")
    {
        Description =
            "Publications, corrections, withdrawals, reinstatements, reports brought in, words removed by law from what was public, and all that happens to entries of the register, in the order of "
            + "positions. after is the position that the page begins behind; last is the one up to which it has looked, and what to ask for next. Whoever takes an export and then reads the changes after "
            + "its position, fetching each address that is named, has what this API shows.\n\n"
            + "With Accept: text/event-stream the changes come as they happen (server-sent events): the id of each is its position, its event is the type, its data is the item of a page. "
            + "Last-Event-ID, as browsers send it when they come back, goes before after; without both the stream begins with what happens next. A comment at least every 20 seconds keeps it open.",
        IsFeed = true,
        Answers =
        [
            new(200, "ChangePage", "A page of changes") { Headers = ["ETag", "Link"], Texts = [Stream] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag", "Link"] },
        ],
        Problems = [400, 406],
    };

    public static async Task<IResult> HandleAsync(HttpRequest request, ChangeReader changes, ChangeHub hub, Moments moments, TimeProvider clock, CancellationToken cancellation)
    {
        var after = Number(request.Query["after"], "after");
        var limit = Page.GivenLimit(request) ?? Page.DefaultLimit;
        switch (MediaTypes.Choose(request, Json.MediaType, Stream))
        {
            case Stream:
                return await StreamAsync(Number(request.Headers["Last-Event-ID"], "Last-Event-ID") ?? after, hub, moments, clock, cancellation);
            case null:
                return new Problem(ProblemTypes.NotAcceptable).With("supported", [Json.MediaType, Stream]);
            default:
                return await PageAsync(after ?? 0, limit, changes, moments, cancellation);
        }
    }

    private static async Task<IResult> PageAsync(long after, int limit, ChangeReader changes, Moments moments, CancellationToken cancellation)
    {
        var end = await moments.EndAsync(cancellation);
        var read = await changes.ReadAsync(after, Math.Max(after, end), limit, cancellation);
        var next = read.Position < end ? string.Create(CultureInfo.InvariantCulture, $"{Path}?after={read.Position}&limit={limit}") : null;
        var links = $"<{Path}?after=0&limit={limit}>; rel=\"first\"{(next is null ? "" : $", <{next}>; rel=\"next\"")}";
        return Answer.Public(new PublicBody(Json.Bytes(writer => Write(writer, read, next))), headers: [("Link", links), ("Vary", "Accept")]);
    }

    private static async Task<IResult> StreamAsync(long? after, ChangeHub hub, Moments moments, TimeProvider clock, CancellationToken cancellation)
    {
        var position = after ?? await moments.EndAsync(cancellation);
        return hub.Enter(MostStreams)
            ? new ChangeStream(position, clock)
            : new Problem(ProblemTypes.TooManyRequests).With("policy", "streams").WithHeader("Retry-After", "60");
    }

    private static void Write(Utf8JsonWriter writer, ChangeReading read, string? next)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("items");
        foreach (var change in read.Changes)
        {
            writer.WriteRawValue(change.Json, skipInputValidation: true);
        }
        writer.WriteEndArray();
        writer.WriteNumber("last", read.Position);
        writer.WriteString("next", next);
        writer.WriteEndObject();
    }

    private static long? Number(Microsoft.Extensions.Primitives.StringValues given, string name) => given switch
    {
        [] => null,
        [var text] when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= Most => number,
        _ => throw Page.Wrong($"{name}应为0或正整数，且只给一次", $"{name} must be 0 or a positive integer, given once."),
    };
}
