using Disclosure.Agencies;
using Disclosure.Contents;
using Disclosure.Prose;
using Disclosure.Reports;
using Disclosure.Rules;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;
using DisclosureApi.Store.Judging;
using Microsoft.Extensions.Caching.Memory;

namespace DisclosureApi.Reports;

/// <summary>A report as its events tell it, with the agency that owes it.</summary>
/// <param name="Position">Of the last event of its stream; 0 when nothing has happened yet.</param>
public sealed record FiledReport(ReportId Id, RegisteredAgency Agency, Report Report, long Version, long Position)
{
    /// <summary>Version of the draft under way, which its ETag names; null while there is no draft.</summary>
    public long? DraftVersion => Report.WorkInHand is null ? null : Version;

    /// <summary>What is known around the report; unknown until it is gathered.</summary>
    public Surroundings Around { get; init; } = Surroundings.Unknown;

    /// <summary>What the work in hand says in words, where it is going to be judged.</summary>
    public Wording? Wording { get; init; }

    /// <summary>What the rules say of the work in hand.</summary>
    public Assessment Assess(Work work)
    {
        var (readings, notes) = ReadingText.Open(work.Reading?.Text);
        var around = Around with { Correction = work.Public is { } current ? new Correction(current.Content.Content, work.CorrectionReason?.Text) : null };
        return RuleBook.Assess(new RuleInput(Id.Year, new Filing(work.AgencyName?.Text, Id.Year, work.Content.Content, readings, notes), around, Wording));
    }
}

/// <summary>Reports folded from their events. What was folded lately is remembered, and believed only as far as the store confirms it.</summary>
public sealed class FiledReports(EventStore store, AgencyRegister register, Gathering gathering, LikenessIndex likenesses, CompilationSource compilations, CallerSight sight) : IDisposable
{
    private const int MostRemembered = 500;
    private readonly MemoryCache _remembered = new(new MemoryCacheOptions { SizeLimit = MostRemembered });

    // What is seen in the words of a draft takes ten times their room, so that it is kept for those alone who are at work now.
    private const int MostWordings = 100;
    private readonly MemoryCache _wordings = new(new MemoryCacheOptions { SizeLimit = MostWordings });

    /// <summary>
    /// The report as it stands; null when the register has no such agency, the year no form, or the caller nothing to do
    /// with the agency. A stranger is turned away before its report is looked for, so that not even the time tells him of a draft.
    /// </summary>
    /// <param name="mayAct">Whether the caller has anything to do with this agency.</param>
    public async Task<FiledReport?> FindAsync(ReportId id, Func<Agency, bool> mayAct, CancellationToken cancellation)
    {
        if (!FilingBody.IsReportYear(id.Year))
        {
            return null;
        }
        if (Remembered(id) is { } known && mayAct(known.Agency.Agency) && await store.StandAsync(id.Stream, known.Version, Agency.Stream(id.Agency), known.Agency.Version, sight.Now, cancellation))
        {
            return known;
        }
        if (await register.FindAsync(id.Agency, cancellation) is not { } agency || !mayAct(agency.Agency))
        {
            return null;
        }
        return Remember(Folded(id, agency, await store.ReadAsync(id.Stream, sight.Now, cancellation)));
    }

    /// <summary>What a published report says of itself beside its body: folded from its drafts, which its readers never see. Null where there is none.</summary>
    public async Task<Revision?> PublicAsync(ReportId id, CancellationToken cancellation) => (await FindForHostAsync(id, cancellation))?.Report.Public;

    /// <summary>The report as it stands, for what the host does by itself and tells nobody; null when the register has no such agency.</summary>
    public async Task<FiledReport?> FindForHostAsync(ReportId id, CancellationToken cancellation) =>
        await register.FindAsync(id.Agency, cancellation) is { } agency ? Folded(id, agency, await store.ReadAsync(id.Stream, cancellation)) : null;

    private static FiledReport Folded(ReportId id, RegisteredAgency agency, StreamHistory history)
    {
        var report = history.Events.Aggregate(Report.None, (state, stored) => state.Apply((ReportEvent)stored.Happened, stored.Provenance.Actor));
        return new FiledReport(id, agency, report, history.Version, history.Events.Count == 0 ? 0 : history.Events[^1].Position);
    }

    /// <summary>
    /// The report as it was last seen here. A decision on it counts only if its events find the store unchanged; a refusal
    /// on it does not count at all.
    /// </summary>
    public FiledReport? Remembered(ReportId id) => _remembered.Get<FiledReport>(id.Stream);

    /// <summary>What was remembered holds words that nobody may read any more.</summary>
    public void Forget(ReportId id)
    {
        _remembered.Remove(id.Stream);
        _wordings.Remove(id.Stream);
        gathering.Drop([id.Stream]);
    }

    public FiledReport Remember(FiledReport filed)
    {
        gathering.Drop([filed.Id.Stream]);
        if (filed.Report is Report.Published or Report.Withdrawn)
        {
            // What this host made public is found at once, before it is heard of.
            likenesses.Drop();
        }
        return _remembered.Set(filed.Id.Stream, filed with { Around = Surroundings.Unknown }, new MemoryCacheEntryOptions { Size = 1 });
    }

    /// <summary>The report with what is known around it now, for whoever is going to judge it.</summary>
    /// <param name="printed">The agency's name that a filing at hand prints, where it is not the draft's.</param>
    public async Task<FiledReport> AmongAsync(FiledReport filed, CancellationToken cancellation, string? printed = null)
    {
        var around = await gathering.AroundAsync(filed.Agency, filed.Id.Year, printed ?? filed.Report.WorkInHand?.AgencyName?.Text, cancellation);
        // What is public is judged too, when it is checked again.
        return (filed.Report.WorkInHand is { } work ? work.CompiledFrom : filed.Report.Public?.CompiledFrom) is { } from
            ? filed with { Around = around with { Compilation = await compilations.AroundAsync(filed.Id, from, cancellation) } }
            : filed with { Around = around };
    }

    /// <summary>The report with those of others that the words of its draft may be like.</summary>
    public Task<FiledReport> BesideOthersAsync(FiledReport filed, CancellationToken cancellation)
    {
        var wording = WordingOf(filed.Id, filed.Report.WorkInHand ?? Work.Begin(null));
        return BesideOthersAsync(filed with { Wording = wording }, wording.OwnWords, cancellation);
    }

    /// <summary>The report with those of others that these words may be like.</summary>
    public async Task<FiledReport> BesideOthersAsync(FiledReport filed, Likeness words, CancellationToken cancellation) =>
        filed with { Around = filed.Around with { Similar = await likenesses.FindAsync(filed.Id, words, cancellation) } };

    /// <summary>What the draft says in words: as it was seen when it was judged last, unless they are others now.</summary>
    private Wording WordingOf(ReportId id, Work work)
    {
        var filing = new Filing(work.AgencyName?.Text, id.Year, work.Content.Content, Filing.NoReadings, []);
        return _wordings.Get<Wording>(id.Stream) is { } known && known.IsOf(id.Year, filing)
            ? known
            : _wordings.Set(id.Stream, Wording.Of(id.Year, filing), new MemoryCacheEntryOptions { Size = 1 });
    }

    public void Dispose()
    {
        _remembered.Dispose();
        _wordings.Dispose();
    }
}
