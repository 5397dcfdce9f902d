using Disclosure.Contents;
using Disclosure.Prose;
using Disclosure.Reports;
using Disclosure.Rules;
using Disclosure.Rules.Likenesses;
using DisclosureApi.Store.Following;
using DisclosureApi.Store.Replicas;
using Microsoft.Extensions.Caching.Memory;
using static NpgsqlTypes.NpgsqlDbType;

namespace DisclosureApi.Store.Judging;

/// <summary>
/// Finds published reports whose words are like those of a report at hand. Each public revision leaves a row in the
/// transaction that publishes it; only the one that is public now is found. What was found for words is found again as
/// long as nothing else becomes public, so that a draft whose numbers are saved again and again asks once.
/// </summary>
public sealed class LikenessIndex : IDisposable
{
    // Words of one report take some 4 KB, and so do those of each that was found.
    private const int MostKept = 1_000;

    // Sixteen alike say enough; those that share the most come first.
    private const string Question =
        """
        select l.agency, l.name, l.revision, l.runs
        from likenesses l join reports r on r.agency = l.agency and r.year = l.year and r.revision = l.revision
        where l.bands && $1 and l.year = $3 and l.agency <> $2 and r.withdrawal_reason is null
        order by (select count(*) from unnest(l.bands) as band where band = any ($1)) desc, l.agency limit 16
        """;

    private readonly ReadDatabase _database;
    private readonly Follower _follower;
    private readonly MemoryCache _found = new(new MemoryCacheOptions { SizeLimit = MostKept });
    private int _publications;

    public LikenessIndex(ReadDatabase database, Follower follower)
    {
        (_database, _follower) = (database, follower);
        follower.Published += Hear;
        follower.Lost += Drop;
    }

    public static ModelTable Table { get; } = new(
        "likenesses", 3,
        ("agency", Text), ("year", Integer), ("revision", Integer), ("name", Text), ("bands", NpgsqlTypes.NpgsqlDbType.Array | Integer), ("runs", Bytea));

    /// <summary>The row of a revision; one whose words are too few to compare is found by nobody.</summary>
    /// <param name="name">The agency's name as the revision tells it.</param>
    public static ModelRow Row(ReportId id, int revision, string name, ReportContent content)
    {
        var words = OwnWords.Of(content, name);
        return Table.Row(id.Agency, id.Year, revision, name, LikenessBands.Of(words, id.Year), words.Pack());
    }

    /// <summary>Public reports of other bodies for the same year that may be like these words. How like they are is for the rules to say.</summary>
    /// <param name="words">The same object where they are the same words.</param>
    public async Task<IReadOnlyList<SimilarReport>> FindAsync(ReportId id, Likeness words, CancellationToken cancellation)
    {
        // Counted before the database is asked: what becomes public meanwhile may not be in its answer.
        var publications = Volatile.Read(ref _publications);
        if (_follower.IsCurrent && _found.Get<Found>(id.Stream) is { } found && found.Publications == publications && ReferenceEquals(found.Words, words))
        {
            return found.Reports;
        }
        var reports = await AskAsync(id, words, cancellation);
        _found.Set(id.Stream, new Found(words, publications, reports), new MemoryCacheEntryOptions { Size = 1 + reports.Count });
        return reports;
    }

    /// <summary>What is public has changed, and with it what words may be like.</summary>
    public void Drop() => Interlocked.Increment(ref _publications);

    private void Hear(long position) => Drop();

    public void Dispose()
    {
        _follower.Published -= Hear;
        _follower.Lost -= Drop;
        _found.Dispose();
    }

    private async Task<IReadOnlyList<SimilarReport>> AskAsync(ReportId id, Likeness words, CancellationToken cancellation)
    {
        var bands = LikenessBands.Of(words, id.Year);
        if (bands is [])
        {
            return [];
        }
        await using var command = (await _database.SourceAsync(cancellation)).CreateCommand(Question);
        command.Parameters.Add(new() { Value = bands });
        command.Parameters.Add(new() { Value = id.Agency });
        command.Parameters.Add(new() { Value = id.Year });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<SimilarReport>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(new SimilarReport(reader.GetString(0), reader.GetString(1), id.Year, reader.GetInt32(2), Likeness.Unpack(reader.GetFieldValue<byte[]>(3))));
        }
        return found;
    }

    private sealed record Found(Likeness Words, int Publications, IReadOnlyList<SimilarReport> Reports);
}
