using Npgsql;

namespace DisclosureApi.Store;

/// <summary>
/// The database as the host itself sees it, drafts of all bodies included: for the order of events, the follower, the ledger,
/// audit and redaction, and for answers that are made from drafts but tell none.
/// </summary>
public sealed class WholeDatabase(NpgsqlDataSource source) : IAsyncDisposable
{
    public NpgsqlDataSource Source => source;

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
