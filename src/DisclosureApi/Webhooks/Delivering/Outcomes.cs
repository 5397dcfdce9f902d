using DisclosureApi.Store;
using DisclosureApi.Webhooks.Targets;

namespace DisclosureApi.Webhooks.Delivering;

/// <summary>A test, or one delivery again, that is sent once.</summary>
internal sealed record Extra(Guid Delivery, Guid Event, string Kind, long? Position, Taken Webhook);

/// <summary>What became of attempts. How far a subscription has come is stored in the same statement, so that it is at most told too late and never too early.</summary>
internal sealed class Outcomes(WholeDatabase whole, WebhookSecrets secrets, Settings settings)
{
    public const string Removal =
        "delete from webhook_deliveries where number = any (array(select number from webhook_deliveries where made_at < now() - $1 and status <> 'pending' order by made_at limit $2))";

    /// <summary>Stores what became of the next delivery of a subscription.</summary>
    /// <returns>The subscription with which to go on; null when it has to wait, or is no longer this host's: then what was sent is sent again.</returns>
    public async Task<Taken?> RecordAsync(Taken webhook, CloudEvent sent, Answered answered, Verdict verdict, CancellationToken cancellation)
    {
        await using var command = whole.Source.CreateCommand(
            """
            with mine as (
                update webhooks set position = case when $8 then $6 else position end, head = case when $8 then null else $3 end, attempts = case when $8 then 0 else $4 end,
                    next_at = clock_timestamp() + $9, status = coalesce($10::varchar, status), version = version + case when (failing_since is null) = $8 and $10::varchar is null then 0 else 1 end,
                    failing_since = case when $8 then null else coalesce(failing_since, clock_timestamp()) end,
                    leased_by = case when $8 and status = 'active' then leased_by end, leased_until = case when $8 and status = 'active' then clock_timestamp() + $11 end
                where id = $1 and leased_by = $2 returning id, status, next_at, status in ('active', 'paused') as goes_on),
            told as (
                insert into webhook_deliveries (id, webhook, kind, event, position, type, status, attempts, answered, fault, last_at, next_at)
                select $3, id, 'change', $5, $6, $7, case when $8 then 'delivered' when goes_on then 'pending' else 'failed' end, $4, $12::integer, $13::varchar, clock_timestamp(),
                    case when goes_on and not $8 then next_at end
                from mine
                on conflict (id) do update set status = excluded.status, attempts = excluded.attempts, answered = excluded.answered, fault = excluded.fault, last_at = excluded.last_at, next_at = excluded.next_at)
            select status from mine
            """);
        foreach (var value in (object?[])
            [
                webhook.Id, webhook.Lease, webhook.Head ?? Guid.CreateVersion7(), webhook.Attempts + 1, sent.Id, sent.Position!.Value, sent.Type,
                answered.IsTaken, verdict.Wait, verdict.Status, settings.Webhooks.Lease, answered.Status, answered.Fault,
            ])
        {
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        }
        var status = await command.ExecuteScalarAsync(cancellation);
        return answered.IsTaken && status is Subscription.Active ? webhook with { Position = sent.Position.Value, Head = null, Attempts = 0 } : null;
    }

    /// <summary>Takes tests and replays that wait, of no owner more than its share. Who takes them and dies leaves them to be taken again.</summary>
    public async Task<IReadOnlyList<Extra>> TakeExtrasAsync(Places places, CancellationToken cancellation)
    {
        var lease = Guid.CreateVersion7();
        await using var command = whole.Source.CreateCommand(
            $"""
            with waiting as (
                select d.number, d.next_at, row_number() over (partition by w.owner order by d.next_at) + coalesce(o.taken, 0) as place
                from webhook_deliveries d join webhooks w on w.id = d.webhook left join unnest($4::text[], $5::integer[]) as o (owner, taken) on o.owner = w.owner
                where d.status = 'pending' and d.kind <> 'change' and d.next_at <= now() and w.signing_key = $1),
            due as (
                select d.number from webhook_deliveries d
                where d.number = any (array(select number from waiting where place <= $6 order by next_at limit $2)) and d.status = 'pending' and d.next_at <= now()
                for update skip locked)
            update webhook_deliveries d set next_at = clock_timestamp() + $3 from due, webhooks w where d.number = due.number and w.id = d.webhook
            returning {Taken.Columns}, d.id, d.event, d.kind, d.position
            """);
        command.Parameters.Add(new() { Value = secrets.KeyId });
        command.Parameters.Add(new() { Value = places.FreeForUnproven });
        command.Parameters.Add(new() { Value = settings.Webhooks.Lease });
        command.Parameters.Add(new() { Value = places.Owners.Keys.ToArray() });
        command.Parameters.Add(new() { Value = places.Owners.Values.ToArray() });
        command.Parameters.Add(new() { Value = places.Owner });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var extras = new List<Extra>();
        while (await reader.ReadAsync(cancellation))
        {
            extras.Add(new Extra(reader.GetGuid(13), reader.GetGuid(14), reader.GetString(15), reader.IsDBNull(16) ? null : reader.GetInt64(16), Taken.Read(reader, lease)));
        }
        return extras;
    }

    public async Task RecordAsync(Extra extra, Answered answered, CancellationToken cancellation)
    {
        await using var command = whole.Source.CreateCommand(
            "update webhook_deliveries set status = $2, attempts = attempts + 1, answered = $3::integer, fault = $4::varchar, last_at = clock_timestamp(), next_at = null where id = $1");
        command.Parameters.Add(new() { Value = extra.Delivery });
        command.Parameters.Add(new() { Value = answered.IsTaken ? "delivered" : "failed" });
        command.Parameters.Add(new() { Value = (object?)answered.Status ?? DBNull.Value });
        command.Parameters.Add(new() { Value = (object?)answered.Fault ?? DBNull.Value });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Forgets what is older than anyone asks after, a piece at a time.</summary>
    public async Task ForgetAsync(TimeSpan age, CancellationToken cancellation)
    {
        const int Piece = 5_000;
        int removed;
        do
        {
            await using var command = whole.Source.CreateCommand(Removal);
            command.Parameters.Add(new() { Value = age });
            command.Parameters.Add(new() { Value = Piece });
            removed = await command.ExecuteNonQueryAsync(cancellation);
        }
        while (removed == Piece);
    }
}
