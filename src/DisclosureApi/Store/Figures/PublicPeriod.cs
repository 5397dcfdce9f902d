using Disclosure.Reports;

namespace DisclosureApi.Store.Figures;

/// <summary>While a revision was what anyone read of a report: from the position that made it so to the next that changed it, null where none did yet.</summary>
internal sealed record PublicPeriod(long From, long? Until, Revision Revision)
{
    /// <summary>Those of one report, one after the other.</summary>
    /// <param name="steps">All its events, and the report after each.</param>
    public static List<PublicPeriod> Of(IEnumerable<(RecordedEvent Recorded, Report After)> steps)
    {
        var changes = steps.Where(step => Changes(step.Recorded)).ToList();
        var periods = new List<PublicPeriod>();
        for (var i = 0; i < changes.Count; i++)
        {
            if (changes[i].After.Public is { } revision)
            {
                periods.Add(new PublicPeriod(changes[i].Recorded.Position, i + 1 < changes.Count ? changes[i + 1].Recorded.Position : null, revision));
            }
        }
        return periods;
    }

    /// <summary>Whether the event changes what anyone may read.</summary>
    public static bool Changes(RecordedEvent recorded) =>
        recorded.Happened is ReportEvent.ReportPublished or ReportEvent.ReportArchived or ReportEvent.ReportWithdrawn or ReportEvent.ReportReinstated;
}
