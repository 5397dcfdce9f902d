using Disclosure.Reports;
using Npgsql;

namespace DisclosureApi.Reports;

/// <summary>What stands at a report's public address: a revision's bytes, or the tombstone of a withdrawal.</summary>
public sealed record PublishedReport(byte[]? Body, string? ETag, byte[]? Findings, Withdrawal? Withdrawal);

/// <summary>Why and when a report was withdrawn.</summary>
public sealed record Withdrawal(string Reason, DateTimeOffset At);

/// <summary>The public side of reports, from the read models, in one round trip.</summary>
public sealed class PublishedReports(NpgsqlDataSource database)
{
    public async Task<PublishedReport?> FindAsync(ReportId id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            select p.body, p.etag, p.findings, r.withdrawal_reason, r.withdrawn_at
            from reports r join publications p on p.agency = r.agency and p.year = r.year and p.revision = r.revision
            where r.agency = $1 and r.year = $2
            """);
        command.Parameters.Add(new() { Value = id.Agency });
        command.Parameters.Add(new() { Value = id.Year });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
        {
            return null;
        }
        return await reader.IsDBNullAsync(4, cancellation)
            ? new PublishedReport(reader.GetFieldValue<byte[]>(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2), null)
            : new PublishedReport(null, null, null, new Withdrawal(reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4)));
    }
}
