using Disclosure.Reports;
using Npgsql;

namespace DisclosureApi.Reports.Revisions;

/// <summary>One revision as it was made public.</summary>
/// <param name="Latest">The number of the report's newest revision.</param>
public sealed record PublishedRevision(int Number, int Latest, DateTimeOffset At, byte[] Body);

/// <summary>Every revision that was ever public. They stay after a correction and after a withdrawal, because what was read once can be asked for again.</summary>
internal static class PublishedRevisions
{
    public static async Task<IReadOnlyList<PublishedRevision>> ReadAsync(NpgsqlDataSource database, ReportId id, int? number, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            select p.revision, (select max(revision) from publications where agency = $1 and year = $2), e.timestamp, p.body
            from publications p join mt_events e on e.seq_id = p.position
            where p.agency = $1 and p.year = $2 and ($3::integer is null or p.revision = $3) order by p.revision
            """);
        command.Parameters.Add(new() { Value = id.Agency });
        command.Parameters.Add(new() { Value = id.Year });
        command.Parameters.Add(new() { Value = number is { } one ? one : DBNull.Value });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<PublishedRevision>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(new(reader.GetInt32(0), reader.GetInt32(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetFieldValue<byte[]>(3)));
        }
        return found;
    }
}
