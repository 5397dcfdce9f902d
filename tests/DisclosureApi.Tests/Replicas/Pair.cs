using DisclosureApi.Store;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Replicas;

/// <summary>A primary, its streaming replica, and a host that was told of both.</summary>
internal sealed class Pair : IAsyncDisposable
{
    private Pair(PostgresServer primary, PostgresServer replica, Api api) => (Primary, Replica, Api) = (primary, replica, api);

    public PostgresServer Primary { get; }

    public PostgresServer Replica { get; }

    public Api Api { get; }

    /// <param name="isSynchronous">Whether the primary acknowledges only what the replica has.</param>
    public static async Task<Pair> StartAsync(bool isSynchronous = false, params string[] settings)
    {
        var primary = await PostgresServer.MakeAsync(settings);
        try
        {
            await Database.PrepareAsync(primary.Connection("disclosure_owner"), "disclosure", CancellationToken.None);
            var replica = await primary.ReplicaAsync("replica");
            if (isSynchronous)
            {
                await Sql.RunAsync(primary.Superuser, "alter system set synchronous_standby_names = 'replica'");
                await Sql.RunAsync(primary.Superuser, "select pg_reload_conf()");
            }
            return new Pair(primary, replica, await Api.OnAsync(primary.Database(), $"--ConnectionStrings:DisclosureReplica=Host={replica.Socket}"));
        }
        catch
        {
            primary.Dispose();
            throw;
        }
    }

    /// <summary>Keeps the replica where it is while the primary goes on, as a long query or a slow line would.</summary>
    public Task PauseReplayAsync() => Sql.RunAsync(Replica.Superuser, "select pg_wal_replay_pause()");

    public Task ResumeReplayAsync() => Sql.RunAsync(Replica.Superuser, "select pg_wal_replay_resume()");

    /// <summary>How far the replica has come in the order of events.</summary>
    public async Task<long> ReplayedAsync() => (long)(await Sql.RunAsync(Replica.Connection("postgres"), "select coalesce(max(seq_id), 0) from mt_events"))!;

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        Npgsql.NpgsqlConnection.ClearAllPools();
        Primary.Dispose();
        Replica.Dispose();
    }
}
