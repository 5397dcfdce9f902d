using DisclosureApi.Store.Replicas;
using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;

namespace DisclosureApi.Bulk;

/// <summary>What there is to export: how many reports, and a fingerprint of all their bytes.</summary>
internal sealed record ExportContent(long Reports, string Fingerprint);

/// <summary>
/// The reports of a year as they were public at a position, in the order of their bodies' codes. Read a handful at a time:
/// a slow reader holds nothing open in the database, and what a report said at a position does not change between handfuls.
/// </summary>
internal sealed class ExportRows(ReadDatabase database)
{
    private const int FirstHandful = 100;
    private const int MostReports = 1_000;
    private const long MostBytes = 2 * 1024 * 1024;

    private const string Public = "year = $1 and from_position <= $2 and (to_position is null or to_position > $2)";

    /// <summary>Years that have public reports now, each with their number.</summary>
    public async Task<IReadOnlyList<(int Year, long Reports)>> YearsAsync(CancellationToken cancellation)
    {
        await using var command = (await database.WholeAsync(cancellation)).CreateCommand("select year, count(*) from figures where to_position is null group by year order by year");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var years = new List<(int, long)>();
        while (await reader.ReadAsync(cancellation))
        {
            years.Add((reader.GetInt32(0), reader.GetInt64(1)));
        }
        return years;
    }

    /// <summary>Each revision's ETag is a hash of its bytes, so these tell when a removal of words by law has changed one of them.</summary>
    public async Task<ExportContent> ContentAsync(int year, long position, CancellationToken cancellation)
    {
        await using var command = await CommandAsync(
            $"""
            select count(*), coalesce(encode(sha256(convert_to(string_agg(p.etag, '' order by p.agency), 'UTF8')), 'hex'), '')
            from (select agency, year, revision from figures where {Public}) as f join publications p using (agency, year, revision)
            """, [year, position], cancellation);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new ExportContent(reader.GetInt64(0), reader.GetString(1));
    }

    /// <summary>The next handful is read while the last one is written.</summary>
    public async IAsyncEnumerable<byte[]> ReadAsync(int year, long position, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var coming = HandfulAsync(year, position, "", FirstHandful, cancellation);
        try
        {
            while (await coming is [.., var last] handful)
            {
                coming = HandfulAsync(year, position, last.Agency, Next(handful), cancellation);
                foreach (var (_, body) in handful)
                {
                    yield return body;
                }
            }
        }
        finally
        {
            // A reader who has his part waits for no more than one handful; one who leaves cancels it.
            await ((Task)coming).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>As many as would fill a handful if they are as long as the last ones: more would be looked up for nothing.</summary>
    private static int Next(List<(string Agency, byte[] Body)> handful) =>
        (int)Math.Clamp(MostBytes * handful.Count / (1 + handful.Sum(report => (long)report.Body.Length)), 1, MostReports);

    /// <summary>Ends at a number of reports or of bytes, whichever comes first, and holds at least one where there is one.</summary>
    private async Task<List<(string Agency, byte[] Body)>> HandfulAsync(int year, long position, string after, int limit, CancellationToken cancellation)
    {
        await using var command = await CommandAsync(
            $"""
            select agency, body from (
                select agency, body, sum(octet_length(body)) over (order by agency) - octet_length(body) as before
                from (select agency, year, revision from figures where {Public} and agency > $3 order by agency limit $4) as f
                join publications using (agency, year, revision)) as chosen
            where before < $5 order by agency
            """, [year, position, after, limit, MostBytes], cancellation);
        // What is longer than a connection's buffer is then not copied twice.
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellation);
        var handful = new List<(string, byte[])>();
        while (await reader.ReadAsync(cancellation))
        {
            handful.Add((reader.GetString(0), reader.GetFieldValue<byte[]>(1)));
        }
        return handful;
    }

    private async Task<NpgsqlCommand> CommandAsync(string sql, object[] values, CancellationToken cancellation)
    {
        var command = (await database.WholeAsync(cancellation)).CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }
        return command;
    }
}
