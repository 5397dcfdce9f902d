using DisclosureApi.Store;
using Npgsql;

namespace DisclosureApi.Operations;

/// <summary>How the store stands, in one round trip.</summary>
/// <param name="Position">The newest event.</param>
/// <param name="LedgerSize">How many events the newest checkpoint has taken in.</param>
/// <param name="LedgerLag">The age of the oldest event that no checkpoint has taken in; zero where there is none.</param>
/// <param name="SinceCheckpoint">How long ago the newest checkpoint was signed; null before the first.</param>
internal sealed record StoreState(int SchemaVersion, long Position, long LedgerSize, TimeSpan LedgerLag, TimeSpan? SinceCheckpoint)
{
    /// <summary>
    /// The oldest event that was not taken in is looked up by a number that is known by then. Were it asked for by another question
    /// in its place, PostgreSQL would let the lock on rows look at every event first.
    /// </summary>
    public const string Question =
        """
        with ledger as (select size, signed_at from ledger_checkpoints order by epoch desc, size desc limit 1),
            taken as materialized (select coalesce((select size from ledger), 0) as size)
        select (select max(version) from schema_version), coalesce((select max(seq_id) from mt_events), 0), size,
            greatest(coalesce(clock_timestamp() - (select timestamp from mt_events where seq_id = size + 1), interval '0'), interval '0'),
            clock_timestamp() - (select signed_at from ledger)
        from taken
        """;

    /// <summary>Events that the ledger has not taken in.</summary>
    public long LedgerBehind => Math.Max(0, Position - LedgerSize);

    public static async Task<StoreState> ReadAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Question);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new StoreState(
            await reader.IsDBNullAsync(0, cancellation) ? 0 : reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetFieldValue<TimeSpan>(3),
            await reader.IsDBNullAsync(4, cancellation) ? null : reader.GetFieldValue<TimeSpan>(4));
    }

    public bool IsOfThisProgram => SchemaVersion >= Database.Newest;
}
