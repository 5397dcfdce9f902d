using DisclosureApi.Store.Replicas;
using System.Globalization;
using System.Text.Json;
using DisclosureApi.Http;
using DisclosureApi.Store;
using DisclosureApi.Store.Following;

namespace DisclosureApi.Changes;

/// <summary>GET /v1/changes: what anyone may see happen, in its order.</summary>
internal static class ListChanges
{
    public const string Stream = "text/event-stream";

    public const string Path = "/v1/changes";

    private const long Most = (1L << 53) - 1;

    public static readonly OperationContract Contract = new("list_public_changes", "Changes", "Hear of all that changes in public")
    {
        Description =
            "Publications, corrections, withdrawals, reinstatements, reports brought in, words removed by law from what was public, and all that happens to entries of the register, in the order of "
            + "positions. after is the position that the page begins behind; last is the one to ask for next. Whoever takes an export and then reads the changes after "
            + "its position, fetching each address that is named, has what this API shows. Accept: application/atom+xml answers the feed of publications and corrections.\n\n"
            + "With Accept: text/event-stream the changes come as they happen (server-sent events): the id of each is its position, its event is the type, its data is the item of a page. "
            + "Last-Event-ID, as browsers send it when they come back, goes before after; without both the stream begins with what happens next. A comment at least every 20 seconds keeps it open.",
        IsFeed = true,
        Answers =
        [
            new(200, "ChangePage", "A page of changes") { Headers = ["ETag", "Link"], Texts = [Stream, GetFeed.MediaType] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag", "Link"] },
        ],
        Problems = [400, 406],
        Refusals = [ProblemTypes.ImpossibleQuery],
    };

    public static async Task<IResult> HandleAsync(HttpRequest request, ChangeReader changes, PublicationReader publications, Follower follower, ReadDatabase database, CancellationToken cancellation)
    {
        var after = Number(request.Query["after"], "after");
        var limit = Page.GivenLimit(request) ?? Page.DefaultLimit;
        switch (MediaTypes.Choose(request, Json.MediaType, Stream, GetFeed.MediaType))
        {
            case Stream:
                var heard = Number(request.Headers["Last-Event-ID"], "Last-Event-ID") ?? after;
                await RequireReachedAsync(heard, request, cancellation);
                return await StreamAsync(request.HttpContext.RequestServices, heard, follower, database, cancellation);
            case GetFeed.MediaType:
                return ((Answer)await GetFeed.HandleAsync(request, publications, cancellation)).WithVary("Accept, Accept-Encoding");
            case null:
                return new Problem(ProblemTypes.NotAcceptable).With("supported", [Json.MediaType, Stream, GetFeed.MediaType]);
            default:
                await RequireReachedAsync(after, request, cancellation);
                return await PageAsync(after ?? 0, limit, changes, follower, database, cancellation);
        }
    }

    /// <summary>
    /// Who has heard of more than has happened has heard it of another history: of a database that was restored to an
    /// earlier moment since. He must not wait for positions that are given out a second time.
    /// </summary>
    public static async Task RequireReachedAsync(long? after, HttpRequest request, CancellationToken cancellation)
    {
        // The usual reader stands at an event that this host has heard of, and costs no question.
        if (after is not { } heard || heard <= request.HttpContext.RequestServices.GetRequiredService<ChangeHub>().Window.To)
        {
            return;
        }
        await using var command = request.HttpContext.RequestServices.GetRequiredService<WholeDatabase>().Source.CreateCommand("select disclosure_end()");
        if ((long)(await command.ExecuteScalarAsync(cancellation))! is var end && heard > end)
        {
            throw new ProblemException(new Problem(ProblemTypes.ImpossibleQuery, new(
                $"尚无第{heard}号事件，最近的是第{end}号；如数据库曾恢复到较早的时点，请重新取得全部数据",
                $"There is no event {heard} yet; the last is {end}. Where the database was restored to an earlier moment, what was read before is of another history: begin again with an export.")).With("end", end));
        }
    }

    private static async Task<IResult> PageAsync(long after, int limit, ChangeReader changes, Follower follower, ReadDatabase database, CancellationToken cancellation)
    {
        var source = await database.WholeAsync(cancellation);
        var (_, end) = await follower.HeardAsync(cancellation, source);
        await follower.EveryoneAsync(end, cancellation, source);
        var read = await changes.ReadAsync(after, Math.Max(after, end), limit + 1, cancellation);
        Change[] shown = [.. read.Changes.Take(limit)];
        var isMore = read.Changes.Count > limit;
        // A page says no more of events that nobody may hear of than that it has looked behind very many of them.
        var isCut = !isMore && read.Position < end;
        var last = isCut ? read.Position : shown is [.., var newest] ? newest.Position : after;
        var next = isMore || isCut ? string.Create(CultureInfo.InvariantCulture, $"{Path}?after={last}&limit={limit}") : null;
        var links = $"<{Path}?after=0&limit={limit}>; rel=\"first\"{(next is null ? "" : $", <{next}>; rel=\"next\"")}";
        return Answer.Public(new PublicBody(Json.Bytes(writer => Write(writer, shown, last, next))), headers: [("Link", links), ("Vary", "Accept")]);
    }

    private static async Task<IResult> StreamAsync(IServiceProvider services, long? after, Follower follower, ReadDatabase database, CancellationToken cancellation) => new ChangeStream(
        after ?? (await follower.HeardAsync(cancellation, await database.WholeAsync(cancellation))).Heard, services.GetRequiredService<Listeners>(), services.GetRequiredService<ChangeHub>(),
        services.GetRequiredService<ChangeReader>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Change> shown, long last, string? next)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("items");
        foreach (var change in shown)
        {
            writer.WriteRawValue(change.Json, skipInputValidation: true);
        }
        writer.WriteEndArray();
        writer.WriteNumber("last", last);
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
