using Npgsql;
using NpgsqlTypes;

namespace DisclosureApi.Store.History;

/// <summary>
/// Where in the order of events those lie that a filter wants. Each 256 events are summed up once, a moment after the last of
/// them; whoever looks for few among millions reads the groups that can hold them, and what is not summed up yet.
/// </summary>
public sealed class EventGroups(WholeDatabase whole, TimeProvider clock, ILogger<EventGroups> log) : BackgroundService
{
    private const long Lock = 0x4453_434c_4752;

    /// <summary>How many positions one statement looks at, so that nothing runs long.</summary>
    private const int Window = 100_000;

    private const int MostGroups = 4_096;
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    /// <summary>Groups from the last one on that are complete, a few at a time, by one host at a time.</summary>
    private const string Fill =
        """
        insert into audit_groups (first, keys)
        select g.first, array(
            select distinct k.key from mt_events e cross join lateral (values
                ('actor ' || e.user_name), ('request ' || e.correlation_id), ('type ' || e.type), ('agency ' || (e.headers ->> 'agency')), ('agency ' || split_part(e.stream_id, '/', 2))) k (key)
            where e.seq_id > g.first and e.seq_id <= g.first + 256 and k.key is not null)
        from generate_series((select coalesce(max(first) + 256, 0) from audit_groups), (select max(seq_id) from mt_events) - 256, 256) g (first)
        where (select pg_try_advisory_xact_lock($1)) limit 64
        """;

    /// <summary>Places to look at, in their order, and up to where there are no others.</summary>
    internal static async Task<(List<(long After, long Last)> Places, long Looked)> FindAsync(
        NpgsqlConnection connection, long after, long end, EventFilter filter, CancellationToken cancellation)
    {
        var last = Math.Min(after + Window, end);
        if (filter == EventFilter.None)
        {
            return ([(after, last)], last);
        }
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new("select coalesce(max(first) + 256, 0) from audit_groups"));
        batch.BatchCommands.Add(Find(after, end, filter));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var known = Math.Min(reader.GetInt64(0), end);
        if (known <= after)
        {
            return ([(after, last)], last);
        }
        await reader.NextResultAsync(cancellation);
        var places = new List<(long After, long Last)>();
        while (await reader.ReadAsync(cancellation))
        {
            // A group that was summed up since lies behind what this answer says it has looked at.
            if (reader.GetInt64(0) < known)
            {
                places.Add((Math.Max(after, reader.GetInt64(0)), Math.Min(end, reader.GetInt64(0) + 256)));
            }
        }
        return (places, places.Count == MostGroups ? places[^1].Last : known);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await FillAsync(stoppingToken) > 0)
                {
                    // A store that was filled before there were groups has many of them to catch up on.
                }
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException or InvalidOperationException)
            {
                log.LogWarning(fault, "Events could not be summed up; filtered readings look through them until they can.");
            }
            await Task.Delay(_interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>How many groups came to it.</summary>
    internal async Task<int> FillAsync(CancellationToken cancellation)
    {
        await using var command = whole.Source.CreateCommand(Fill);
        command.Parameters.Add(new() { Value = Lock });
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Only what is asked for stands in the statement, so that PostgreSQL sees that its index serves.</summary>
    private static NpgsqlBatchCommand Find(long after, long end, EventFilter filter)
    {
        var command = EventStore.Command("", after, end, MostGroups);
        (string Name, string? Value)[] all = [("request", filter.Request), ("type", filter.Type), ("agency", filter.Agency)];
        var (conditions, wanted) = ("", all.Where(one => one.Value is not null).Select(one => $"{one.Name} {one.Value}").ToArray());
        Add("&&", filter.Actors?.Select(actor => $"actor {actor}").ToArray());
        Add("@>", wanted.Length == 0 ? null : wanted);
        command.CommandText = $"select first from audit_groups where first > $1 - 256 and first < $2{conditions} order by first limit $3";
        return command;

        void Add(string relation, string[]? keys)
        {
            if (keys is not null)
            {
                command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar, Value = keys });
                conditions += $" and keys {relation} ${command.Parameters.Count}";
            }
        }
    }
}
