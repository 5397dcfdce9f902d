using System.Buffers;
using Disclosure.Contents;
using DisclosureApi.Access.Recording;
using DisclosureApi.Http;
using DisclosureApi.Http.History;
using DisclosureApi.Store;
using DisclosureApi.Store.History;

namespace DisclosureApi.Audit;

/// <summary>GET /v1/audit/events?after=: all events in their one order, page by page or as one stream.</summary>
internal static class ListEvents
{
    public const string Path = "/v1/audit/events";
    public const string Lines = "application/x-ndjson";
    private const int MaxText = 300;
    private static readonly string[] _parameters = ["actor", "request", "type", "from", "to"];

    public static readonly OperationContract Contract = new("list_events", "Audit", "Read all events in their order")
    {
        Description =
            "Every event of every report and of the register, in the order of positions, which has no gap: who has seen position n has seen all that came before. after is the position that the page "
            + "begins behind. All that are given of actor, request, agency, type, from and to must hold; agency means the body's entry, its reports, and what was done for it. A page ends at limit, or "
            + "sooner where events are large; last is the position up to which it has looked, and next leads on until the end as it is now.\n\n"
            + "With Accept: application/x-ndjson all events up to the end come as one stream, an event a line, however many there are; Link rel=\"next\" asks for what has come since. "
            + "What an event says and how a report is folded from its events stands in openapi/HISTORY.md. This use is recorded.",
        IsFeed = true,
        Filters = ["agency"],
        Parameters = _parameters,
        Answers = [new(200, "EventPage", "A page of events") { Headers = ["Link", "Vary"], Texts = [Lines] }],
        Problems = [400, 406],
    };

    public static async Task<IResult> HandleAsync(HttpContext context, EventFeed feed, Moments moments, Actors actors, CancellationToken cancellation)
    {
        var request = context.Request;
        var page = FeedPage.Of(request);
        var filter = await FilterAsync(request, actors, cancellation);
        var (after, end) = await BoundsAsync(request, page.After, feed, moments, cancellation);
        var query = string.Concat(_parameters.Append("agency").Append("limit").Where(request.Query.ContainsKey).Select(name => $"&{name}={Uri.EscapeDataString(request.Query[name].ToString())}"));
        context.Response.Headers.Vary = "Accept";
        return MediaTypes.Choose(request, Json.MediaType, Lines) switch
        {
            Json.MediaType => await PageAsync(page.Limit ?? Page.DefaultLimit),
            Lines when page.Limit is null => new EventStream(feed, after, end, filter, query),
            Lines => await LinesAsync(page.Limit.Value),
            _ => new Problem(ProblemTypes.NotAcceptable).With("supported", [Json.MediaType, Lines]),
        };

        async Task<IResult> PageAsync(int limit)
        {
            var (items, last) = await ReadAsync(limit, (byte)',', isTerminated: false);
            return FeedPage.Answer(Path, query, items, last, last < end);
        }

        async Task<IResult> LinesAsync(int limit)
        {
            var (items, last) = await ReadAsync(limit, (byte)'\n', isTerminated: true);
            return new Answer(StatusCodes.Status200OK, items.WrittenSpan.ToArray(), etag: "")
            {
                ContentType = Lines,
                Headers = [("Link", FeedPage.Links(Path, query, last < end ? $"{Path}?after={last}{query}" : null))],
            };
        }

        async Task<(ArrayBufferWriter<byte> Items, long Last)> ReadAsync(int limit, byte separator, bool isTerminated)
        {
            var items = new ArrayBufferWriter<byte>();
            var reading = await feed.ReadAsync(after, end, limit, filter, items, separator, isTerminated, cancellation);
            AuditAccess.Of(context).Events += reading.Events;
            return (items, reading.Position);
        }
    }

    /// <summary>Times become positions, because both go the same way.</summary>
    private static async Task<(long After, long End)> BoundsAsync(HttpRequest request, long after, EventFeed feed, Moments moments, CancellationToken cancellation)
    {
        var (from, to) = (Moment.Of(request, "from"), Moment.Of(request, "to"));
        var end = to is { } last ? await feed.PositionAtAsync(last, cancellation) : await moments.EndAsync(cancellation);
        if (from is { } first && first > DateTimeOffset.UnixEpoch)
        {
            after = Math.Max(after, await feed.PositionAtAsync(first.AddMicroseconds(-1), cancellation));
        }
        return (after, Math.Max(after, end));
    }

    /// <summary>A person may be named by the pseudonymous id that events bear, or by the subject of the token behind it.</summary>
    private static async Task<EventFilter> FilterAsync(HttpRequest request, Actors actors, CancellationToken cancellation) => new(
        Text(request, "actor") is { } person ? [person, .. await actors.IdsOfAsync(person, cancellation)] : null,
        Text(request, "request"),
        Filter.Code(request, "agency"),
        Filter.Choice(request, "type", [.. EventCodec.Names]));

    private static string? Text(HttpRequest request, string name) => request.Query[name] switch
    {
        [] => null,
        [{ Length: > 0 and <= MaxText } text] when !text.Contains('\0', StringComparison.Ordinal) => text,
        _ => throw new ProblemException(new Problem(ProblemTypes.InvalidRequest, new Message(
            $"{name}应为1至{MaxText}个字符，且只给一次", $"{name} must be of 1 to {MaxText} characters, given once."))),
    };
}
