using DisclosureApi.Store.Replicas;
using System.Globalization;
using DisclosureApi.Http;
using DisclosureApi.Store;
using DisclosureApi.Store.History;

namespace DisclosureApi.Statistics;

/// <summary>
/// The point in the order of events that an answer is about: that of the last public event. Nothing that anyone may read
/// changes between it and the next, so that an answer asked for as of it has the same bytes at any later time.
/// </summary>
/// <param name="Position">0 before the first public event.</param>
/// <param name="At">When it happened; null before the first.</param>
/// <param name="Register">Position of the last event of the register up to it.</param>
internal sealed record AsOf(long Position, DateTimeOffset? At, long Register)
{
    public const string Parameter = "asOf";

    public string? Time => At?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The point that a request names by position or by time; the last there is for one that names none.</summary>
    /// <param name="withDeliveries">Whether the answer also tells what was filed, of which nothing else that is public knows.</param>
    public static async Task<AsOf> FindAsync(HttpRequest request, ReadDatabase database, CancellationToken cancellation, bool withDeliveries = false)
    {
        var asked = Filter.AsOf(request);
        if (asked.Time is { } moment)
        {
            // Positions come in the order of commits, so none comes before one that is named. What is being stored may still bear an earlier time, and is waited for.
            asked.Position = await request.HttpContext.RequestServices.GetRequiredService<Moments>().PositionAtAsync(moment, cancellation);
        }
        await using var batch = (await database.SourceAsync(cancellation, asked.Position ?? 0, asked.Time)).CreateBatch();
        batch.BatchCommands.Add(EventStore.Command(
            """
            with asked (position) as (select coalesce($1, disclosure_position_at($2::timestamptz), 9223372036854775807)),
            register (position) as (select greatest(
                (select max(from_position) from bodies where from_position <= (select position from asked)),
                (select max(from_position) from duty_rulings where from_position <= (select position from asked)), 0)),
            last (position) as (select greatest(
                (select max(from_position) from figures where from_position <= (select position from asked)),
                (select max(to_position) from figures where to_position <= (select position from asked)),
                case when $3 then (select max(from_position) from deliveries where from_position <= (select position from asked)) end, (select position from register)))
            select last.position, disclosure_time_of(last.position), register.position, disclosure_end(), clock_timestamp() from last cross join register
            """, asked.Position, asked.Time, withDeliveries));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        if (asked.Position > reader.GetInt64(3) || asked.Time > reader.GetFieldValue<DateTimeOffset>(4))
        {
            throw new ProblemException(new Problem(ProblemTypes.ImpossibleQuery, new(
                "asOf晚于最近的事件或当前时间", "asOf lies behind the last event, or in the future: nobody can know yet what will stand there.")));
        }
        return new AsOf(reader.GetInt64(0), await reader.IsDBNullAsync(1, cancellation) ? null : reader.GetFieldValue<DateTimeOffset>(1), reader.GetInt64(2));
    }
}
