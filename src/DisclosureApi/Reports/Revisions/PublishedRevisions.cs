using Disclosure.Reports;
using DisclosureApi.Store.Replicas;

namespace DisclosureApi.Reports.Revisions;

/// <summary>One revision as it was made public.</summary>
/// <param name="Latest">The number of the report's newest revision.</param>
/// <param name="Reason">Of the correction that it is; null for the first.</param>
public sealed record PublishedRevision(int Number, int Latest, DateTimeOffset At, byte[] Body, string? Reason);

/// <summary>A time during which the report was withdrawn, or has been since.</summary>
public sealed record PublicWithdrawal(int Revision, DateTimeOffset At, string Reason, DateTimeOffset? ReinstatedAt, string? ReinstatementReason);

/// <summary>Every revision that was ever public. They stay after a correction and after a withdrawal, because what was read once can be asked for again.</summary>
internal static class PublishedRevisions
{
    public static async Task<IReadOnlyList<PublishedRevision>> ReadAsync(ReadDatabase database, ReportId id, int? number, CancellationToken cancellation)
    {
        await using var command = (await database.SourceAsync(cancellation)).CreateCommand(
            """
            select p.revision, (select max(revision) from publications where agency = $1 and year = $2), e.timestamp, p.body, reason.text
            from publications p join mt_events e on e.seq_id = p.position
            left join lateral (
                select o.data #>> '{reason,text}' as text from mt_events o
                where o.stream_id = e.stream_id and o.version < e.version and o.type = 'correction_opened' and p.revision > 1 order by o.version desc limit 1) as reason on true
            where p.agency = $1 and p.year = $2 and ($3::integer is null or p.revision = $3) order by p.revision
            """);
        command.Parameters.Add(new() { Value = id.Agency });
        command.Parameters.Add(new() { Value = id.Year });
        command.Parameters.Add(new() { Value = number is { } one ? one : DBNull.Value });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<PublishedRevision>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(new(reader.GetInt32(0), reader.GetInt32(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetFieldValue<byte[]>(3), reader.IsDBNull(4) ? null : reader.GetString(4)));
        }
        return found;
    }

    /// <summary>Every withdrawal of the report, with the reinstatement that ended it. What a correction under way says stays its writers' affair.</summary>
    public static async Task<IReadOnlyList<PublicWithdrawal>> WithdrawalsAsync(ReadDatabase database, ReportId id, CancellationToken cancellation)
    {
        await using var command = (await database.SourceAsync(cancellation)).CreateCommand(
            """
            select (select max(p.revision) from publications p where p.agency = $2 and p.year = $3 and p.position < w.seq_id),
                   w.timestamp, w.data #>> '{reason,text}', r.timestamp, r.data #>> '{reason,text}'
            from mt_events w
            left join mt_events r on r.stream_id = w.stream_id and r.version = w.version + 1 and r.type = 'report_reinstated'
            where w.stream_id = $1 and w.type = 'report_withdrawn' order by w.version
            """);
        command.Parameters.Add(new() { Value = id.Stream });
        command.Parameters.Add(new() { Value = id.Agency });
        command.Parameters.Add(new() { Value = id.Year });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<PublicWithdrawal>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(new(
                reader.GetInt32(0), reader.GetFieldValue<DateTimeOffset>(1), reader.IsDBNull(2) ? "" : reader.GetString(2),
                reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3), reader.IsDBNull(4) ? null : reader.GetString(4)));
        }
        return found;
    }
}
