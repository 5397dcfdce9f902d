using Disclosure.Agencies;
using Disclosure.Compiling;
using Disclosure.Contents;
using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;

namespace DisclosureApi.Reports.Compiling;

/// <summary>A compilation as someone may read it: that of the draft, or that of a public revision.</summary>
/// <param name="Revision">Number of the public revision; null for the draft.</param>
internal sealed record CompilationView(ReportId Id, Agency Agency, CompiledFrom From, ReportContent Content, string State, int? Revision, long Version)
{
    public bool IsDraft => Revision is null;

    /// <summary>The answer to whoever asks for it.</summary>
    public IResult Answer(byte[] body) => IsDraft
        ? new Answer(StatusCodes.Status200OK, body, Precondition.ETag(Version)) { Headers = [("Vary", "Authorization")] }
        : Http.Answer.Public(new PublicBody(body), Json.MediaType, ("Vary", "Authorization"));
}

/// <summary>Finds what a report was compiled from, for whoever may know it.</summary>
public sealed class CompiledReports(EventStore store, FiledReports reports, PublishedReports published)
{
    /// <summary>
    /// The draft's compilation for those who may read the draft; for everyone else, and where a revision is named, that of what
    /// was made public. A draft of others leaves no trace in the answer.
    /// </summary>
    internal async Task<(CompilationView? View, Problem? Problem)> FindAsync(HttpContext context, ReportId id, int? revision, CancellationToken cancellation)
    {
        if (revision is null && await DraftAsync(context, id, cancellation) is { } draft)
        {
            return (draft, null);
        }
        var known = await published.FindAsync(id, cancellation);
        if (known is null)
        {
            return (null, new Problem(ProblemTypes.NotFound));
        }
        if (known.Withdrawal is { } withdrawal && revision is null)
        {
            return (null, GetReport.Withdrawn(withdrawal));
        }
        var view = await PublicAsync(id, revision, cancellation);
        return (view, view is null ? new Problem(ProblemTypes.NotFound) : null);
    }

    private async Task<CompilationView?> DraftAsync(HttpContext context, ReportId id, CancellationToken cancellation) =>
        Caller.Of(context) is { } caller
        && await reports.FindAsync(id, agency => caller.ActsOn(agency, Role.Submitter, Role.SecrecyReviewer, Role.Reviewer) is not null, cancellation)
            is { Report.WorkInHand: { CompiledFrom: { } from } work } filed
        && GetDraft.MayRead(caller, filed)
            ? new CompilationView(id, filed.Agency.Agency, from, work.Content.Content, filed.Report.State, null, filed.Version)
            : null;

    private async Task<CompilationView?> PublicAsync(ReportId id, int? number, CancellationToken cancellation)
    {
        if (await reports.FindForHostAsync(id, cancellation) is not { } filed)
        {
            return null;
        }
        var revision = number is null || filed.Report.Public?.Number == number ? filed.Report.Public : await RevisionAsync(id, number.Value, cancellation);
        return revision is { CompiledFrom: { } from } ? new CompilationView(id, filed.Agency.Agency, from, revision.Content.Content, "published", revision.Number, filed.Version) : null;
    }

    private async Task<Revision?> RevisionAsync(ReportId id, int number, CancellationToken cancellation)
    {
        var report = Report.None;
        foreach (var stored in (await store.ReadAsync(id.Stream, cancellation)).Events)
        {
            report = report.Apply((ReportEvent)stored.Happened, stored.Provenance.Actor);
            if (stored.Happened is ReportEvent.ReportPublished && report.Public?.Number == number)
            {
                return report.Public;
            }
        }
        return null;
    }
}
