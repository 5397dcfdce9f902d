using DisclosureApi.Store.Following;
using Npgsql;

namespace DisclosureApi.Store.Replicas;

/// <summary>
/// Where a request reads. Who shows no token reads from a replica that shows all this host knows of; who shows one, and the
/// host itself, from the primary. While the primary cannot be heard, a replica is read from that shows at least everything
/// that was taken back: a withdrawn report does not come back because a server fell.
/// </summary>
public sealed class ReadDatabase(NpgsqlDataSource primary, WholeDatabase whole, ReplicaSet? replicas, Follower? follower)
{
    /// <summary>Connections that see what the request's sight shows. Asked for right before a reading, and after a place in memory was taken for what is read.</summary>
    /// <param name="atLeast">A position that the answer must know of, beside what this host knows.</param>
    /// <param name="moment">A time that must be over where it is read, so that nothing can happen before it any more.</param>
    public async ValueTask<NpgsqlDataSource> SourceAsync(CancellationToken cancellation, long atLeast = 0, DateTimeOffset? moment = null) =>
        await FindAsync(atLeast, moment, cancellation) is { } server ? server.Requests : primary;

    /// <summary>Connections that see drafts too.</summary>
    public async ValueTask<NpgsqlDataSource> WholeAsync(CancellationToken cancellation, long atLeast = 0, DateTimeOffset? moment = null) =>
        await FindAsync(atLeast, moment, cancellation) is { } server ? server.Whole : whole.Source;

    /// <summary>A request that has begun on the primary stays there, and one on a replica never goes to another that may be behind it.</summary>
    private async ValueTask<Server?> FindAsync(long atLeast, DateTimeOffset? moment, CancellationToken cancellation)
    {
        if (replicas is not { Any: true } || Reading.Now is not { IsOfPrimary: false } reading)
        {
            return null;
        }
        var position = Math.Max(atLeast, follower is { IsCurrent: true } ? replicas.Horizon.Known : replicas.Horizon.Taken);
        var found = await replicas.FindAsync(position, moment, reading.Server, cancellation);
        reading.Choose(found);
        return found;
    }
}
