using Disclosure.Reports;
using DisclosureApi.Http;
using DisclosureApi.Http.History;
using DisclosureApi.Store.History;
using DisclosureApi.Store.Replicas;

namespace DisclosureApi.Reports.AsOf;

/// <summary>What stood at a report's address at some time.</summary>
/// <param name="At">When the revision was made public.</param>
/// <param name="Withdrawal">Why nobody could read it then; null while anyone could.</param>
internal sealed record ReportThen(int Revision, int Latest, DateTimeOffset At, byte[] Body, byte[] Findings, Withdrawal? Withdrawal);

/// <summary>
/// Reports as they stood at a time. A time is turned into the position of the last event by then; what was public after
/// that event never changes, so neither does an answer.
/// </summary>
public sealed class ReportsThen(ReadDatabase database, Moments moments, TimeProvider clock)
{
    /// <summary>The position that the parameter asOf means, which names it itself or names a time; null when it is not given.</summary>
    internal async Task<long?> PositionAsync(HttpRequest request, CancellationToken cancellation) => Filter.AsOf(request) switch
    {
        ({ } position, _) => position <= await moments.EndAsync(cancellation, position) ? position : throw Unknown(),
        (_, { } time) => await moments.PositionAtAsync(time, cancellation) ?? throw Unknown(),
        _ => null,
    };

    /// <summary>The position at the end of the second that Accept-Datetime names; the end of all events when that is still to come.</summary>
    internal async Task<long> PositionAsync(DateTimeOffset wanted, CancellationToken cancellation)
    {
        var end = wanted.AddSeconds(1).AddMicroseconds(-1);
        return end >= clock.GetUtcNow() ? long.MaxValue : await moments.PositionAtAsync(end, cancellation) ?? long.MaxValue;
    }

    /// <summary>What stood there after this position; the problem to answer with when nothing did.</summary>
    internal async Task<(ReportThen? Report, Problem? Problem)> FindAsync(ReportId id, long position, CancellationToken cancellation) =>
        await ReadAsync(id, position, cancellation) switch
        {
            { Withdrawal: { } withdrawal } => (null, GetReport.Withdrawn(withdrawal)),
            { } found => (found, null),
            _ => (null, await FirstPublicationAsync(id, cancellation) is var (_, at)
                ? new Problem(ProblemTypes.NotYetPublished).With("firstPublishedAt", Moment.Text(at))
                : new Problem(ProblemTypes.NotFound)),
        };

    /// <summary>The revision that was public after this position, or had been last; null before the first.</summary>
    internal async Task<ReportThen?> ReadAsync(ReportId id, long position, CancellationToken cancellation)
    {
        await using var command = (await database.SourceAsync(cancellation)).CreateCommand(
            """
            select p.revision, (select max(n.revision) from publications n where n.agency = $1 and n.year = $2), e.timestamp, p.body, p.findings, w.type, w.reason, w.timestamp
            from publications p join mt_events e on e.seq_id = p.position
            left join lateral (
                select s.type, s.timestamp, s.data #>> '{reason,text}' as reason from mt_events s
                where s.stream_id = e.stream_id and s.seq_id <= $3 and s.type in ('report_withdrawn', 'report_reinstated') order by s.version desc limit 1) as w on true
            where p.agency = $1 and p.year = $2 and p.position <= $3 order by p.revision desc limit 1
            """);
        command.Parameters.Add(new() { Value = id.Agency });
        command.Parameters.Add(new() { Value = id.Year });
        command.Parameters.Add(new() { Value = position });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new ReportThen(
                reader.GetInt32(0), reader.GetInt32(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetFieldValue<byte[]>(3), reader.GetFieldValue<byte[]>(4),
                !reader.IsDBNull(5) && reader.GetString(5) == "report_withdrawn"
                    ? new Withdrawal(reader.IsDBNull(6) ? "" : reader.GetString(6), reader.GetFieldValue<DateTimeOffset>(7))
                    : null)
            : null;
    }

    private static ProblemException Unknown() => Filter.Impossible(
        "asOf晚于最近的事件或当前时间", "asOf lies behind the last event, or in the future: nobody can know yet what will stand there.");

    /// <summary>The first revision of a report that has one.</summary>
    internal async Task<ReportThen?> FirstAsync(ReportId id, CancellationToken cancellation) =>
        await FirstPublicationAsync(id, cancellation) is var (position, _) ? await ReadAsync(id, position, cancellation) : null;

    private async Task<(long Position, DateTimeOffset At)?> FirstPublicationAsync(ReportId id, CancellationToken cancellation)
    {
        await using var command = (await database.SourceAsync(cancellation)).CreateCommand(
            "select p.position, e.timestamp from publications p join mt_events e on e.seq_id = p.position where p.agency = $1 and p.year = $2 and p.revision = 1");
        command.Parameters.Add(new() { Value = id.Agency });
        command.Parameters.Add(new() { Value = id.Year });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1)) : null;
    }
}
