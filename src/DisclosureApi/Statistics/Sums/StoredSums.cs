using Disclosure.Agencies;
using Disclosure.Statistics;
using Npgsql;
using NpgsqlTypes;

namespace DisclosureApi.Statistics.Sums;

/// <summary>
/// The sums of the country and of each province as they stood at every so many positions. They follow from the rows that
/// held there, which never change, so they are written once; a rebuild has them written anew.
/// </summary>
internal static class StoredSums
{
    /// <summary>Positions from one to the next: what lies between is looked up report by report.</summary>
    public const long Step = 8_192;

    private const string Nearest =
        """
        select m.position, s.parts from (select position from figure_marks order by abs(position - $3) limit 1) as m
        left join lateral (select parts from figure_sums s where s.region = $1 and s.year = $2 and s.position <= m.position order by s.position desc limit 1) as s on true
        """;

    private const string Rebuilt = "(select coalesce(max(number), 0)::bigint from rebuilds)";

    /// <summary>Whether sums of the scope are stored.</summary>
    public static bool Has(Scope scope) =>
        scope.Line is null && scope.Region is null or { Length: 6 } && (scope.Region is null || scope.Region.EndsWith("0000", StringComparison.Ordinal));

    /// <summary>The sums at the stored position that lies nearest; null where none is stored yet.</summary>
    public static async Task<Parts?> NearestAsync(NpgsqlDataSource database, string? region, int year, long position, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Nearest);
        command.Parameters.Add(new() { Value = region ?? "" });
        command.Parameters.Add(new() { Value = year });
        command.Parameters.Add(new() { Value = position });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return !await reader.ReadAsync(cancellation) ? null
            : await reader.IsDBNullAsync(1, cancellation) ? Parts.None(reader.GetInt64(0))
            : Parts.Unpack(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
    }

    /// <summary>Stores the sums at the next position; false where the order of events has not come so far.</summary>
    public static async Task<bool> GoOnAsync(NpgsqlDataSource database, long step, CancellationToken cancellation)
    {
        var (after, end, rebuilt) = await WhereAsync(database, cancellation);
        if (end < after + step)
        {
            return false;
        }
        var places = new Dictionary<(string? Region, int Year), Dictionary<PartKey, List<Change>>>();
        await ReadAsync(places, database, after, -1, (after, after + step), cancellation);
        await ReadAsync(places, database, after + step, 1, (after, after + step), cancellation);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection, transaction);
        // A rebuild that took the stored sums away since they were read would leave sums of this step alone. It takes them
        // away under a lock that excludes this one, and what comes behind the lock sees it.
        batch.BatchCommands.Add(new("lock table figure_sums, figure_marks in row exclusive mode"));
        foreach (var ((region, year), parts) in places)
        {
            var before = await NearestAsync(database, region, year, after, cancellation) ?? Parts.None(0);
            batch.BatchCommands.Add(Row(
                $"insert into figure_sums (region, year, position, parts) select $1, $2, $3, $4 where {Rebuilt} = $5 on conflict do nothing",
                region ?? "", year, after + step, before.With(after + step, AddedUp(parts)).Pack(), rebuilt));
        }
        batch.BatchCommands.Add(Row($"insert into figure_marks (position) select $1 where {Rebuilt} = $2 on conflict do nothing", after + step, rebuilt));
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private static async Task<(long After, long End, long Rebuilt)> WhereAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"select coalesce((select max(position) from figure_marks), 0), coalesce((select max(seq_id) from mt_events), 0), {Rebuilt}");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }

    /// <summary>The reports that something happened to between two positions as they stood at one of them, packed: a sum takes a hundred times as much room as a report.</summary>
    private static async Task ReadAsync(
        Dictionary<(string? Region, int Year), Dictionary<PartKey, List<Change>>> places, NpgsqlDataSource database, long position, int times, (long, long) touched, CancellationToken cancellation)
    {
        await using var command = FigureReader.Command(database, position, 0, short.MaxValue, new Scope(null, null, null, null, null), isEveryKind: true, touched);
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var report = FigureReader.Read(reader);
            foreach (var region in (string?[])[null, RegionTree.Province(report.Region)])
            {
                var (place, key) = ((region, report.Year), PartKey.Of(region, report));
                var parts = places.TryGetValue(place, out var known) ? known : places[place] = [];
                var changes = parts.TryGetValue(key, out var others) ? others : parts[key] = [];
                changes.Add(new Change(report.Cells, report.IsOwed, times));
            }
        }
    }

    /// <summary>The changes of each part, in a sum that serves the next part as well.</summary>
    private static IEnumerable<KeyValuePair<PartKey, FigureSum>> AddedUp(Dictionary<PartKey, List<Change>> parts)
    {
        var (cells, sum) = (new FigureVector(), new FigureSum());
        foreach (var (key, changes) in parts)
        {
            sum.Clear();
            changes.ForEach(change => sum.Add(cells.Refill(change.Cells), change.IsOwed, change.Times));
            yield return KeyValuePair.Create(key, sum);
        }
    }

    private static NpgsqlBatchCommand Row(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value is byte[] ? new() { Value = value, NpgsqlDbType = NpgsqlDbType.Bytea } : new() { Value = value });
        }
        return command;
    }

    /// <summary>A report that comes to a sum or leaves it.</summary>
    private readonly record struct Change(byte[] Cells, bool IsOwed, int Times);
}
