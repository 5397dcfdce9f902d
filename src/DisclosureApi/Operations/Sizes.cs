using Npgsql;

namespace DisclosureApi.Operations;

/// <summary>How much room the database takes, and how fast it grows.</summary>
/// <param name="Total">Bytes of the whole database.</param>
/// <param name="ByTable">Bytes of the tables that grow, with their indexes.</param>
/// <param name="DailyGrowth">Bytes a day: what an event takes with all that is made of it, times the events of the last 30 days.</param>
internal sealed record Sizes(long Total, IReadOnlyDictionary<string, long> ByTable, double DailyGrowth)
{
    private const int Days = 30;

    private const string Question =
        """
        select pg_database_size(current_database()), coalesce((select max(seq_id) from mt_events), 0),
            coalesce(disclosure_position_at(clock_timestamp() - make_interval(days => $1)), 0);
        select c.relname::text, pg_total_relation_size(c.oid) from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = current_schema() and c.relkind = 'r' order by 2 desc limit 12
        """;

    public static async Task<Sizes> ReadAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        foreach (var statement in Question.Split(';'))
        {
            batch.BatchCommands.Add(new(statement));
        }
        batch.BatchCommands[0].Parameters.Add(new() { Value = Days });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var (total, events, before) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
        await reader.NextResultAsync(cancellation);
        var tables = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            tables[reader.GetString(0)] = reader.GetInt64(1);
        }
        return new Sizes(total, tables, events == 0 ? 0 : (double)total / events * (events - before) / Days);
    }
}
