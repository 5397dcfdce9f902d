using DisclosureApi.Http;
using DisclosureApi.Webhooks.Delivering;
using Npgsql;

namespace DisclosureApi.Webhooks;

/// <summary>What an owner wants a subscription to be.</summary>
internal sealed record Wanted(string Url, string? Description, ChangeFilter Filter, string Status, long? After);

/// <summary>Subscriptions as their owners see them. Each statement asks for the owner: what is another's is not there.</summary>
internal sealed class Subscriptions(NpgsqlDataSource database)
{
    private const string Columns = "id, number, version, url, description, types, agency, region, year, status, generation, previous_until, failing_since, created_at";

    /// <summary>Whoever delivers lets go, and the next delivery is a first attempt.</summary>
    private const string Anew = "head = null, attempts = 0, next_at = clock_timestamp(), leased_by = null, leased_until = null";

    /// <summary>What is under way goes where it still shall, so that it counts when it arrives.</summary>
    private const string IsSame = "(url, types, agency, region, year) is not distinct from ($4::varchar, $6::varchar[], $7::varchar, $8::varchar, $9::integer)";

    /// <summary>What was tried in vain until then is tried no more under its old entry.</summary>
    private const string Dropping =
        $"""
        , dropped as (update webhook_deliveries d set status = 'failed', next_at = null from changed where d.webhook = changed.id and d.kind = 'change' and d.status = 'pending')
        select {Columns} from changed
        """;

    private const string One = $"select {Columns} from webhooks where id = $1 and owner = $2";

    public async Task<Subscription?> FindAsync(string owner, Guid id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(One);
        return await OneAsync(command, cancellation, id, owner);
    }

    /// <summary>The same within what is under way on this connection.</summary>
    public static async Task<Subscription?> FindAsync(NpgsqlConnection connection, string owner, Guid id, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(One, connection);
        return await OneAsync(command, cancellation, id, owner);
    }

    /// <summary>In the order in which they were made, one more than the page asks for where there are more.</summary>
    public async Task<IReadOnlyList<(string Key, byte[] Body)>> ListAsync(string owner, Page page, CancellationToken cancellation)
    {
        var (sign, order) = page.IsBackwards ? ("<", "desc") : (">", "asc");
        await using var command = database.CreateCommand($"select {Columns} from webhooks where owner = $1 and ($2::bigint is null or number {sign} $2) order by number {order} limit $3");
        Add(command, owner, CursorOf(page), page.Limit + 1);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(string, byte[])>();
        while (await reader.ReadAsync(cancellation))
        {
            var subscription = Read(reader);
            found.Add(($"{subscription.Number}", subscription.Json));
        }
        return found;
    }

    /// <summary>The number that a page's cursor names; null at the beginning.</summary>
    public static long? CursorOf(Page page) => page.Cursor.Length == 0 ? null
        : long.TryParse(page.Cursor, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number
        : throw Page.WrongCursor(page.IsBackwards ? "before" : "after");

    /// <summary>Makes one, unless its owner has as many as may be; null then.</summary>
    public static async Task<Subscription?> AddAsync(NpgsqlConnection connection, string owner, Wanted wanted, string origin, string key, int most, CancellationToken cancellation)
    {
        // One at a time for each owner, so that two at once do not both count one too few.
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 19))", connection);
        Add(command, owner);
        await command.ExecuteNonQueryAsync(cancellation);
        await using var insert = new NpgsqlCommand(
            $"""
            insert into webhooks (id, owner, url, description, types, agency, region, year, origin, signing_key, position)
            select $1, $2, $3, $4::varchar, $5::varchar[], $6::varchar, $7::varchar, $8::integer, $9, $10, coalesce($11::bigint, disclosure_end())
            where (select count(*) from webhooks where owner = $2) < $12 returning {Columns}
            """, connection);
        return await OneAsync(insert, cancellation, Guid.NewGuid(), owner, wanted.Url, wanted.Description, wanted.Filter.Types?.ToArray(), wanted.Filter.Agency, wanted.Filter.Region,
            wanted.Filter.Year, origin, key, wanted.After, most);
    }

    /// <summary>Gives it this shape, if it still has the version; what is due is tried at once.</summary>
    public async Task<Subscription?> ChangeAsync(string owner, Subscription before, Wanted wanted, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"""
            with changed as (
                update webhooks set version = version + 1, url = $4, description = $5::varchar, types = $6::varchar[], agency = $7::varchar, region = $8::varchar, year = $9::integer, status = $10,
                    failing_since = case when status <> $10 and $10 = 'active' then null else failing_since end, head = null, attempts = 0, next_at = clock_timestamp(),
                    leased_by = case when {IsSame} then leased_by end, leased_until = case when {IsSame} then leased_until end
                where id = $1 and owner = $2 and version = $3 returning *)
            {Dropping}
            """);
        return await OneAsync(command, cancellation, before.Id, owner, before.Version, wanted.Url, wanted.Description, wanted.Filter.Types?.ToArray(), wanted.Filter.Agency, wanted.Filter.Region,
            wanted.Filter.Year, wanted.Status);
    }

    public async Task<bool> RemoveAsync(string owner, Subscription before, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("delete from webhooks where id = $1 and owner = $2 and version = $3");
        Add(command, before.Id, owner, before.Version);
        return await command.ExecuteNonQueryAsync(cancellation) > 0;
    }

    /// <summary>The next secret, beside which the one before it signs for a while if this host can still make it.</summary>
    public static async Task<Subscription?> RotateAsync(NpgsqlConnection connection, string owner, Guid id, string key, TimeSpan overlap, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"""
            update webhooks set version = version + 1, generation = generation + 1, previous_until = case when signing_key = $3 then clock_timestamp() + $4 end, signing_key = $3
            where id = $1 and owner = $2 returning {Columns}
            """, connection);
        return await OneAsync(command, cancellation, id, owner, key, overlap);
    }

    /// <summary>Goes on from this position, whatever was delivered before.</summary>
    public static async Task<Subscription?> MoveAsync(NpgsqlConnection connection, string owner, Guid id, long after, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"""
            with changed as (
                update webhooks set version = version + 1, position = $3, failing_since = null, {Anew} where id = $1 and owner = $2 returning *)
            {Dropping}
            """, connection);
        return await OneAsync(command, cancellation, id, owner, after);
    }

    private static async Task<Subscription?> OneAsync(NpgsqlCommand command, CancellationToken cancellation, params object?[] values)
    {
        Add(command, values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader) : null;
    }

    private static void Add(NpgsqlCommand command, params ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        }
    }

    private static Subscription Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4), Taken.ReadFilter(row, 5), row.GetString(9), row.GetInt32(10),
        Time(row, 11), Time(row, 12), row.GetFieldValue<DateTimeOffset>(13));

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
