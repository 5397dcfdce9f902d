using DisclosureApi.Store.Replicas;
using System.Text.Json;
using Disclosure.Agencies;
using Disclosure.Contents;
using Disclosure.Reports;
using Disclosure.Rules;
using Disclosure.Rules.Likenesses;
using DisclosureApi.Http;
using DisclosureApi.Store.Following;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace DisclosureApi.Store.Judging;

/// <summary>
/// Gathers what rules may know around a filing: the agency as it was registered in the report year, last year's published
/// report, those of predecessors, and the body that the title names. The same for validations, drafts and submissions, so
/// that the same content gets the same findings everywhere.
/// </summary>
public sealed class Gathering : IDisposable
{
    // What is around a report holds reports that are kept elsewhere, so that this is little.
    private const int MostKept = 1_000;

    private static readonly TimeZoneInfo _shanghai = TimeZoneInfo.CreateCustomTimeZone("Asia/Shanghai", TimeSpan.FromHours(8), null, null);

    private readonly ReadDatabase _database;
    private readonly EventStore _store;
    private readonly AgencyRegister _register;
    private readonly TimeProvider _clock;
    private readonly Follower _follower;
    private readonly KnownReports _known;
    private readonly LikenessIndex _likenesses;

    // What is around a report, by its stream: put in place before it is read and dropped when something in it changes.
    private readonly MemoryCache _around = new(new MemoryCacheOptions { SizeLimit = MostKept });

    public Gathering(ReadDatabase database, EventStore store, AgencyRegister register, TimeProvider clock, Follower follower, KnownReports known, LikenessIndex likenesses)
    {
        (_database, _store, _register, _clock, _follower, _known, _likenesses) = (database, store, register, clock, follower, known, likenesses);
        follower.Changed += Drop;
        follower.Lost += _around.Clear;
    }

    /// <summary>Legal dates are days in Shanghai, which has had no summer time since the first report.</summary>
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(_clock.GetUtcNow(), _shanghai).DateTime);

    /// <summary>What is known around a filing of which only the words are known: the agency is the one registered by exactly the name in its title.</summary>
    public async Task<Surroundings> ByNameAsync(Filing filing, int year, CancellationToken cancellation)
    {
        var named = filing.AgencyName is { Length: > 0 } name ? await _register.NamedAsync(name, cancellation) : null;
        if (named is null)
        {
            // Nor is it compared with others: one of them may be the very body, under the name that the register has.
            return Surroundings.Unknown with { FiledOn = Today };
        }
        var around = await AroundAsync(named, year, filing.AgencyName, cancellation);
        return around with { Similar = await _likenesses.FindAsync(new ReportId(named.Agency.Code, year), OwnWords.Of(filing.Content, filing.AgencyName), cancellation) };
    }

    /// <summary>What is known around a filing of this agency.</summary>
    /// <param name="printed">The agency's name as the title prints it.</param>
    public async Task<Surroundings> AroundAsync(RegisteredAgency agency, int year, string? printed, CancellationToken cancellation)
    {
        var around = await KeptAsync(agency, year, cancellation);
        var named = printed is null || printed == agency.Agency.Name ? agency : await _register.NamedAsync(printed, cancellation);
        return around with { Named = named?.Agency, FiledOn = Today };
    }

    /// <summary>Drops what is held around the reports that stand on these streams: that of the year after, and all where the register changed.</summary>
    public void Drop(IReadOnlyList<string> streams)
    {
        foreach (var stream in streams)
        {
            if (ReportId.IsStream(stream))
            {
                var id = ReportId.OfStream(stream);
                _around.Remove((id with { Year = id.Year + 1 }).Stream);
            }
            else if (stream.StartsWith("agency/", StringComparison.Ordinal))
            {
                _around.Clear();
            }
        }
    }

    private async Task<Surroundings> KeptAsync(RegisteredAgency agency, int year, CancellationToken cancellation)
    {
        if (!_follower.IsCurrent)
        {
            return await ReadAsync(agency, year, cancellation);
        }
        var stream = new ReportId(agency.Agency.Code, year).Stream;
        var entry = _around.GetOrCreate(stream, place =>
        {
            place.Size = 1;
            return (agency.Version, Around: new Lazy<Task<Surroundings>>(() => ReadAsync(agency, year, CancellationToken.None)));
        });
        if (entry.Version != agency.Version)
        {
            _around.Remove(stream);
            return await ReadAsync(agency, year, cancellation);
        }
        try
        {
            var around = await entry.Around.Value.WaitAsync(cancellation);
            if (around.Predecessors is not [])
            {
                // These change with other bodies' reports, which are not listened for here.
                _around.Remove(stream);
            }
            return around;
        }
        catch (Exception) when (entry.Around.Value.IsFaulted || entry.Around.Value.IsCanceled)
        {
            _around.Remove(stream);
            throw;
        }
    }

    private async Task<Surroundings> ReadAsync(RegisteredAgency agency, int year, CancellationToken cancellation)
    {
        var (previous, predecessors) = await LastYearAsync(agency.Agency.Code, year, cancellation);
        return new Surroundings
        {
            Agency = await InYearAsync(agency, year, cancellation),
            // Where a predecessor's figures are missing, last year's sum is not known, and nothing is compared with a part of it.
            Previous = predecessors is null ? null : previous,
            Predecessors = predecessors,
        };
    }

    /// <summary>Last year's report and those of predecessors; null in their place where one of them is missing.</summary>
    private async Task<(KnownReport? Previous, IReadOnlyList<KnownReport>? Predecessors)> LastYearAsync(string code, int year, CancellationToken cancellation)
    {
        await using var batch = (await _database.SourceAsync(cancellation)).CreateBatch();
        batch.BatchCommands.Add(EventStore.Command(
            """
            select p.agency, p.year, p.revision, p.etag, p.body
            from reports r join publications p on p.agency = r.agency and p.year = r.year and p.revision = r.revision
            where r.agency = $1 and r.year = $2 and r.withdrawal_reason is null
            """, code, year - 1));
        batch.BatchCommands.Add(EventStore.Command(
            """
            select a.body, p.agency, p.year, p.revision, p.etag, p.body
            from agencies a
            left join reports r on r.agency = a.code and r.year = $2 and r.withdrawal_reason is null
            left join publications p on p.agency = r.agency and p.year = r.year and p.revision = r.revision
            where disclosure_successors(a.body) @> array[$1::text] order by a.code
            """, code, year - 1));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var previous = await reader.ReadAsync(cancellation) ? _known.Read(reader, 0) : null;
        await reader.NextResultAsync(cancellation);
        var (predecessors, areKnown) = await PredecessorsAsync(reader, year, cancellation);
        return (previous, areKnown ? predecessors : null);
    }

    public void Dispose()
    {
        _follower.Changed -= Drop;
        _follower.Lost -= _around.Clear;
        _around.Dispose();
    }

    /// <summary>The entry as it held at the end of the report year by the days that the register tells, whenever they were recorded: that which the report is counted by.</summary>
    private async Task<Agency> InYearAsync(RegisteredAgency agency, int year, CancellationToken cancellation)
    {
        if (agency.Version == 1)
        {
            return agency.Agency;
        }
        var history = await _store.ReadAsync(Agency.Stream(agency.Agency.Code), cancellation);
        return AgencyTimeline.Of(history.Events.Select(stored => (AgencyEvent)stored.Happened)).In(year);
    }

    /// <summary>Reports of bodies that ended in the report year or the one before; others were followed up in earlier reports.</summary>
    private async Task<(IReadOnlyList<KnownReport> Reports, bool AreKnown)> PredecessorsAsync(NpgsqlDataReader reader, int year, CancellationToken cancellation)
    {
        var (reports, areKnown) = (new List<KnownReport>(), true);
        while (await reader.ReadAsync(cancellation))
        {
            var body = JsonSerializer.Deserialize<Agency>(reader.GetFieldValue<byte[]>(0), Json.Options)!;
            if (body.ValidTo is not { } last || (last.Year != year && !(last.Year == year - 1 && last is { Month: 12, Day: 31 })))
            {
                continue;
            }
            if (reader.IsDBNull(1))
            {
                areKnown = false;
            }
            else
            {
                reports.Add(_known.Read(reader, 1));
            }
        }
        return (reports, areKnown);
    }
}
