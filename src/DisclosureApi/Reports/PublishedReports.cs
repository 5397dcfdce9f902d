using Disclosure.Reports;
using DisclosureApi.Http;
using DisclosureApi.Store.Following;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace DisclosureApi.Reports;

/// <summary>What stands at a report's public addresses: answers made once for all who ask, or the tombstone of a withdrawal.</summary>
public sealed record PublishedReport(Answer? Report, Answer? Findings, Withdrawal? Withdrawal);

/// <summary>Why and when a report was withdrawn.</summary>
public sealed record Withdrawal(string Reason, DateTimeOffset At);

/// <summary>
/// The public side of reports, from memory where memory can be believed. An entry is put in place before it is read from
/// the database, and dropped when its stream changes: what was read before a change can never stand after it.
/// </summary>
public sealed class PublishedReports : IDisposable
{
    // At most 1,000 entries of at most 64 KB, and the same coded, which is less: 128 MB whatever is asked for.
    private const int MostEntries = 1_000;
    private const int LargestKept = 64 * 1024;

    private readonly NpgsqlDataSource _database;
    private readonly Follower _follower;
    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostEntries });

    public PublishedReports(NpgsqlDataSource database, Follower follower)
    {
        (_database, _follower) = (database, follower);
        follower.Changed += Drop;
        follower.Lost += _kept.Clear;
    }

    /// <summary>What is held in memory and can be believed; null when the database has to be asked.</summary>
    public PublishedReport? InMemory(ReportId id) =>
        _follower.IsCurrent && _kept.TryGetValue(id.Stream, out Lazy<Task<PublishedReport?>>? kept) && kept is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } found }
            ? found.Result
            : null;

    public async Task<PublishedReport?> FindAsync(ReportId id, CancellationToken cancellation)
    {
        if (!_follower.IsCurrent)
        {
            return await ReadAsync(id, cancellation);
        }
        var entry = _kept.GetOrCreate(id.Stream, place =>
        {
            place.Size = 1;
            // Whoever asks first reads for all who ask meanwhile, and a reader who leaves does not take the answer with him.
            return new Lazy<Task<PublishedReport?>>(() => ReadAsync(id, CancellationToken.None));
        })!;
        try
        {
            var found = await entry.Value.WaitAsync(cancellation);
            if (found is null || (found.Report?.Length ?? 0) + (found.Findings?.Length ?? 0) > LargestKept)
            {
                _kept.Remove(id.Stream);
            }
            return found;
        }
        catch (NpgsqlException)
        {
            _kept.Remove(id.Stream);
            throw;
        }
    }

    /// <summary>Drops what is held of these streams; this host's own steps do it at once, others' when they are heard of.</summary>
    public void Drop(IReadOnlyList<string> streams)
    {
        foreach (var stream in streams)
        {
            _kept.Remove(stream);
        }
    }

    public void Dispose()
    {
        _follower.Changed -= Drop;
        _follower.Lost -= _kept.Clear;
        _kept.Dispose();
    }

    private async Task<PublishedReport?> ReadAsync(ReportId id, CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand(
            """
            select p.body, r.revision, p.findings, r.withdrawal_reason, r.withdrawn_at
            from reports r join publications p on p.agency = r.agency and p.year = r.year and p.revision = r.revision
            where r.agency = $1 and r.year = $2
            """);
        command.Parameters.Add(new() { Value = id.Agency });
        command.Parameters.Add(new() { Value = id.Year });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
        {
            return null;
        }
        return await reader.IsDBNullAsync(4, cancellation)
            ? new PublishedReport(
                Answer.Public(new PublicBody(reader.GetFieldValue<byte[]>(0)), headers: ("Link", Links.OfReport(id, reader.GetInt32(1)))),
                Answer.Public(new PublicBody(reader.GetFieldValue<byte[]>(2))), null)
            : new PublishedReport(null, null, new Withdrawal(reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4)));
    }
}
