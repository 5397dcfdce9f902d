using Disclosure.Canonical;
using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Reports;

/// <summary>One step of a report's life, replayed: what happened, and where it led.</summary>
/// <param name="Reason">The word that was given with it; null where none was.</param>
/// <param name="Changes">The cells and texts of the content that it changed.</param>
public sealed record TrailStep(ReportEvent Happened, Report After, string? Reason, IReadOnlyList<LabelledChange> Changes);

/// <summary>A report's events carried out again, one by one, for those who check what was done.</summary>
public static class Trail
{
    /// <param name="happened">All events of the report in order, each with the pseudonymous id of who did it.</param>
    public static IEnumerable<TrailStep> Replay(IEnumerable<(ReportEvent Happened, string Actor)> happened)
    {
        var report = Report.None;
        foreach (var (next, actor) in happened)
        {
            report = report.Apply(next, actor);
            yield return new TrailStep(next, report, ReasonOf(next)?.Text, ChangesOf(next, report));
        }
    }

    /// <summary>The content that a report in this state stands for: the work in hand, else what was last public; null when there is neither.</summary>
    public static CommittedContent? ContentOf(Report report) => report switch
    {
        Report.Withdrawn(var revision, _) => revision.Content,
        _ => report.WorkInHand?.Content ?? report.Public?.Content,
    };

    private static CommittedText? ReasonOf(ReportEvent happened) => happened switch
    {
        ReportEvent.CompilationAdjusted e => e.Adjustments.Count > 0 ? e.Adjustments[0].Reason : null,
        ReportEvent.SecrecyReviewed e => e.Note,
        ReportEvent.ReportSubmitted e => e.Note,
        ReportEvent.WaiverDecided e => e.Reason,
        ReportEvent.ReportApproved e => e.Note,
        ReportEvent.ReportPublished e => e.Note,
        ReportEvent.CorrectionOpened e => e.Reason,
        ReportEvent.ReportWithdrawn e => e.Reason,
        ReportEvent.ReportReinstated e => e.Reason,
        ReportEvent.TextsRedacted e => e.Reason,
        _ => null,
    };

    private static IReadOnlyList<LabelledChange> ChangesOf(ReportEvent happened, Report after)
    {
        var changes = happened switch
        {
            ReportEvent.DraftChanged e => e.Changes,
            ReportEvent.DocumentImported e => e.Changes,
            ReportEvent.ReportCompiled e => e.Changes,
            ReportEvent.CompilationAdjusted e => e.Changes,
            ReportEvent.ReportArchived e => e.Changes,
            _ => [],
        };
        if (changes.Count == 0)
        {
            return [];
        }
        var forms = KnownFormats.TableKeys.Select(table => (Under: $"/tables/{table}/", Form: FormOf(table, ContentOf(after)))).ToArray();
        return [.. changes.Select(change => new LabelledChange(
            change.Path, ContentLabels.Of(change.Path, Array.Find(forms, form => change.Path.StartsWith(form.Under, StringComparison.Ordinal)).Form), change.From?.Shown, change.To?.Shown))];
    }

    /// <summary>Looked up among the values as they are stored: to open the whole content at each step would cost more than all the rest.</summary>
    private static ReportFormat? FormOf(string table, CommittedContent? content) =>
        content?.Word($"/forms/{table}") is StoredValue.Plain(var form) ? KnownFormats.ByKey(form) : null;
}
