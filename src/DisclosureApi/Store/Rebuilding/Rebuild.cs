using DisclosureApi.Store.Replicas;
using Npgsql;

namespace DisclosureApi.Store.Rebuilding;

/// <summary>What a rebuild did.</summary>
/// <param name="Position">The last event whose traces are in the new tables.</param>
/// <param name="Events">How many events were read, those twice that came while it ran.</param>
/// <param name="Standstill">How long appends waited while the tables changed places.</param>
public sealed record RebuildSummary(long Position, long Events, TimeSpan Took, TimeSpan Standstill);

/// <summary>
/// Makes the read models anew from the events while hosts go on serving and appending. All of it is one transaction:
/// new tables grow beside the old, catch up with what was appended meanwhile, and take their place under the append
/// lock. Until that commits, nobody sees anything of it, and whatever ends it before leaves everything as it was.
/// </summary>
/// <param name="ownerConnection">Of the role that owns the tables.</param>
/// <param name="models">Beside the register; each follows streams of its own.</param>
/// <param name="tell">Takes each sentence that an operator should see.</param>
public sealed class Rebuild(string ownerConnection, IReadOnlyList<ReadModel> models, TimeProvider clock, Action<string> tell)
{
    // One rebuild at a time; a second would do the same work for nothing.
    private const long RebuildLock = 0x4453_434c_5242;

    /// <summary>Enough to be worth a thread's while, and few enough to be held some times over.</summary>
    private const int EventsAtOnce = 1_000;

    private static readonly TimeSpan TellingInterval = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<ReadModel> _models = [ReadModel.Register, .. models];
    private readonly RegisterHistory _register = new();
    private long _events;
    private long _told;

    public async Task<RebuildSummary> RunAsync(CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        await using var owner = OpenOwner();
        await Database.CheckAsync(owner, cancellation);
        await using var connection = await owner.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await RequireAloneAsync(connection, cancellation);
        var shadow = new ShadowTables(connection, [.. _models.SelectMany(model => model.Tables)]);
        await shadow.CreateAsync(cancellation);
        var position = await ReadAllAsync(owner, shadow, cancellation);
        await shadow.AnalyzeAsync(cancellation);
        var swap = new Swap(connection, transaction, shadow, new CatchUp(connection, shadow, _models, _register), clock, tell);
        var (reached, standstill) = await swap.RunAsync(position, _events, cancellation);
        return new RebuildSummary(reached, _events + reached - position, clock.GetElapsedTime(began), standstill);
    }

    /// <summary>Not pooled, so that nothing of these settings and of this transaction outlives the rebuild.</summary>
    private NpgsqlDataSource OpenOwner() => ServerAddresses.Primary(new NpgsqlConnectionStringBuilder(ownerConnection)
    {
        ApplicationName = "disclosure-api rebuild",
        Pooling = false,
        CommandTimeout = 0,
        // Millions of rows come and go; each buffer that is full costs a turn of the system.
        ReadBufferSize = 128 * 1024,
        WriteBufferSize = 64 * 1024,
        Options = "-c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c work_mem=64MB",
    }.ConnectionString);

    private static async Task RequireAloneAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select pg_try_advisory_xact_lock({RebuildLock})", connection);
        if (await command.ExecuteScalarAsync(cancellation) is false)
        {
            throw new InvalidOperationException("Another rebuild of this database is under way.");
        }
    }

    /// <summary>Reads every event there is in one snapshot; returns the position that the snapshot ends at.</summary>
    private async Task<long> ReadAllAsync(NpgsqlDataSource owner, ShadowTables shadow, CancellationToken cancellation)
    {
        await using var reading = await owner.OpenConnectionAsync(cancellation);
        await using var snapshot = await reading.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var end = await CatchUp.EndAsync(reading, cancellation);
        _told = clock.GetTimestamp();
        var buffer = new RowBuffer(shadow, cancellation);
        foreach (var model in _models)
        {
            await ReadAsync(model, RecordedStreams.OfKindAsync(reading, model.Streams, cancellation), buffer, end);
        }
        await buffer.FinishAsync();
        await shadow.NameAllAsync(after: 0, cancellation);
        return end;
    }

    /// <summary>Makes the rows of many streams at once on all processors, and takes them in the order of the streams.</summary>
    private async Task ReadAsync(ReadModel model, IAsyncEnumerable<RecordedStream> streams, RowBuffer buffer, long end)
    {
        var folding = new Queue<Task<List<ModelRow>>>();
        var (chunk, size) = (new List<RecordedStream>(), 0);
        await foreach (var stream in streams)
        {
            chunk.Add(stream);
            if ((size += stream.Count) >= EventsAtOnce)
            {
                folding.Enqueue(FoldAsync(model, chunk));
                Count(size, end);
                (chunk, size) = ([], 0);
            }
            if (folding.Count > Environment.ProcessorCount)
            {
                await buffer.AddAsync(await folding.Dequeue());
            }
        }
        folding.Enqueue(FoldAsync(model, chunk));
        Count(size, end);
        while (folding.TryDequeue(out var rows))
        {
            await buffer.AddAsync(await rows);
        }
    }

    private Task<List<ModelRow>> FoldAsync(ReadModel model, List<RecordedStream> streams) =>
        Task.Run(() => streams.SelectMany(stream => model.Rows(stream.Name, stream.Decode(), _register)).ToList());

    private void Count(int events, long end)
    {
        _events += events;
        if (clock.GetElapsedTime(_told) > TellingInterval)
        {
            tell($"{_events:N0} of {end:N0} events are read.");
            _told = clock.GetTimestamp();
        }
    }
}
