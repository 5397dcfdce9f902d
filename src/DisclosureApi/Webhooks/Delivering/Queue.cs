using DisclosureApi.Store;
using DisclosureApi.Store.Following;
using Npgsql;

namespace DisclosureApi.Webhooks.Delivering;

/// <summary>A subscription that has not come as far as the changes have.</summary>
internal sealed record Behind(Guid Id, long Position, bool IsFailing, ChangeFilter Filter);

/// <summary>
/// Who delivers what, as all hosts see it. A subscription is taken by one host at a time, for as long as an attempt can take and the host lives.
/// </summary>
internal sealed class Queue(WholeDatabase whole, WebhookSecrets secrets, Follower follower, Settings settings)
{
    private const int MostAtOnce = 5_000;

    /// <summary>Due, and in nobody's hands: a lease ends with its time, and sooner with the host that held it.</summary>
    private const string Free =
        """
        w.status = 'active' and w.signing_key = $1 and w.next_at <= clock_timestamp() and (w.leased_until is null or w.leased_until < clock_timestamp()
            or not exists (select from hosts h where h.id = w.leased_host and h.seen_at > clock_timestamp() - $2))
        """;

    /// <summary>Those who wait for nobody and have not come as far as this position, the healthy ones first.</summary>
    public async Task<IReadOnlyList<Behind>> BehindAsync(long position, CancellationToken cancellation)
    {
        await using var command = Command(
            $"select w.id, w.position, w.attempts > 0, w.types, w.agency, w.region, w.year from webhooks w where {Free} and w.position < $3 order by w.attempts, w.next_at limit {MostAtOnce}",
            secrets.KeyId, Follower.Silent, position);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var behind = new List<Behind>();
        while (await reader.ReadAsync(cancellation))
        {
            behind.Add(new Behind(reader.GetGuid(0), reader.GetInt64(1), reader.GetBoolean(2), Taken.ReadFilter(reader, 3)));
        }
        return behind;
    }

    /// <summary>Those for whom there was nothing up to this position go on from it, unless they were changed meanwhile.</summary>
    public async Task PassAsync(IReadOnlyList<Behind> passed, long position, CancellationToken cancellation)
    {
        await using var command = Command(
            $"update webhooks w set position = $3 from unnest($4::uuid[], $5::bigint[]) as seen (id, position) where w.id = seen.id and w.position = seen.position and {Free}",
            secrets.KeyId, Follower.Silent, position, passed.Select(one => one.Id).ToArray(), passed.Select(one => one.Position).ToArray());
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Takes those of them that nobody else has taken meanwhile.</summary>
    public async Task<IReadOnlyList<Taken>> TakeAsync(IReadOnlyList<Guid> wanted, CancellationToken cancellation)
    {
        var lease = Guid.CreateVersion7();
        await using var command = Command(
            $"""
            with free as (select w.id from webhooks w where w.id = any ($3) and {Free} for update skip locked)
            update webhooks w set leased_by = $4, leased_host = $5, leased_until = clock_timestamp() + $6 from free where w.id = free.id returning {Taken.Columns}
            """, secrets.KeyId, Follower.Silent, wanted.ToArray(), lease, follower.Host, settings.Webhooks.Lease);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var taken = new List<Taken>();
        while (await reader.ReadAsync(cancellation))
        {
            taken.Add(Taken.Read(reader, lease));
        }
        return taken;
    }

    /// <summary>Gives it back, having come as far as this position.</summary>
    public async Task LeaveAsync(Taken webhook, long position, CancellationToken cancellation)
    {
        await using var command = Command("update webhooks set position = $3, leased_by = null, leased_until = null where id = $1 and leased_by = $2", webhook.Id, webhook.Lease, position);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
        var command = whole.Source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        }
        return command;
    }
}
