using DisclosureApi.Store.Replicas;
using System.Diagnostics.Metrics;
using Disclosure.Reports;
using DisclosureApi.Http;
using DisclosureApi.Reports.AsOf;
using DisclosureApi.Store.Following;
using DisclosureApi.Store.Measuring;
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

    private readonly ReadDatabase _database;
    private readonly Follower _follower;
    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostEntries });

    public PublishedReports(ReadDatabase database, Follower follower, IMeterFactory meters)
    {
        (_database, _follower) = (database, follower);
        var meter = meters.Create(Instruments.Meter);
        meter.CreateObservableGauge("disclosure.cache.entries", () => _kept.Count, "{report}", "Published reports held in memory.");
        meter.CreateObservableGauge("disclosure.cache.size", Bytes, "By", "Bytes of the published reports and findings held in memory, before coding.");
        follower.Changed += Drop;
        follower.Lost += _kept.Clear;
    }

    /// <summary>What is held in memory of the report at this address and can be believed; null when the database has to be asked.</summary>
    public PublishedReport? InMemory(string address)
    {
        if (!_follower.IsCurrent || !_kept.TryGetValue(address, out Lazy<Task<PublishedReport?>>? kept) || Whole(kept) is not { } report)
        {
            return null;
        }
        Instruments.Cached(isHit: true);
        return report;
    }

    public async Task<PublishedReport?> FindAsync(ReportId id, CancellationToken cancellation)
    {
        if (!_follower.IsCurrent)
        {
            Instruments.Cached(isHit: false);
            return await ReadAsync(id, cancellation);
        }
        var isHit = true;
        var entry = _kept.GetOrCreate(Links.Report(id), place =>
        {
            (place.Size, isHit) = (1, false);
            // Whoever asks first reads for all who ask meanwhile, and a reader who leaves does not take the answer with him.
            return new Lazy<Task<PublishedReport?>>(() => ReadAsync(id, CancellationToken.None));
        })!;
        Instruments.Cached(isHit);
        try
        {
            var found = await entry.Value.WaitAsync(cancellation);
            if (found is null || Length(found) > LargestKept)
            {
                _kept.Remove(Links.Report(id));
            }
            return found;
        }
        catch (Exception) when (entry.Value.IsFaulted || entry.Value.IsCanceled)
        {
            _kept.Remove(Links.Report(id));
            throw;
        }
    }

    /// <summary>Drops what is held of these streams; this host's own steps do it at once, others' when they are heard of.</summary>
    public void Drop(IReadOnlyList<string> streams)
    {
        foreach (var stream in streams)
        {
            if (ReportId.IsStream(stream))
            {
                _kept.Remove(Links.Report(ReportId.OfStream(stream)));
            }
        }
    }

    /// <summary>What was read for an entry; null while it is being read.</summary>
    private static PublishedReport? Whole(Lazy<Task<PublishedReport?>>? kept) =>
        kept is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } found } ? found.Result : null;

    private static long Length(PublishedReport report) => (report.Report?.Length ?? 0) + (report.Findings?.Length ?? 0);

    private long Bytes() => _kept.Keys.Sum(stream => _kept.TryGetValue(stream, out Lazy<Task<PublishedReport?>>? kept) && Whole(kept) is { } report ? Length(report) : 0);

    public void Dispose()
    {
        _follower.Changed -= Drop;
        _follower.Lost -= _kept.Clear;
        _kept.Dispose();
    }

    private async Task<PublishedReport?> ReadAsync(ReportId id, CancellationToken cancellation)
    {
        var source = await _database.SourceAsync(cancellation);
        var found = await ReadAsync(source, id, cancellation);
        return found is { Withdrawal: { } last }
            ? found with { Withdrawal = last with { At = await WithdrawnAtAsync(source, id, cancellation) ?? last.At } }
            : found;
    }

    private static async Task<PublishedReport?> ReadAsync(NpgsqlDataSource source, ReportId id, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
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
        if (!await reader.IsDBNullAsync(4, cancellation))
        {
            return new PublishedReport(null, null, new Withdrawal(reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4)));
        }
        return new PublishedReport(
            Answer.Public(new PublicBody(reader.GetFieldValue<byte[]>(0)), headers: ("Link", Links.OfReport(id, reader.GetInt32(1)))).WithVary(Memento.Vary),
            Answer.Public(new PublicBody(reader.GetFieldValue<byte[]>(2))), null);
    }

    /// <summary>Words may be removed after a withdrawal: the row of the report is then of that event's time, and the withdrawal's stands with the deliveries.</summary>
    private static async Task<DateTimeOffset?> WithdrawnAtAsync(NpgsqlDataSource source, ReportId id, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand("select at from deliveries where agency = $1 and year = $2 and to_position is null and state = 'withdrawn'");
        command.Parameters.Add(new() { Value = id.Agency });
        command.Parameters.Add(new() { Value = id.Year });
        return await command.ExecuteScalarAsync(cancellation) is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : null;
    }
}
