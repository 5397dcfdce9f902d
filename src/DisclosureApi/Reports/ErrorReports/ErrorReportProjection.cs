using Disclosure.Reports.ErrorReports;
using DisclosureApi.Store;
using DisclosureApi.Store.Rebuilding;
using Npgsql;
using static NpgsqlTypes.NpgsqlDbType;

namespace DisclosureApi.Reports.ErrorReports;

/// <summary>The rows that the events of an error report leave in the read models.</summary>
internal static class ErrorReportProjection
{
    /// <summary>What anyone may know: a reader's words are in it from the answer on, and never when the report was dismissed.</summary>
    private static readonly ModelTable Facts = new(
        "error_reports", 3,
        ("agency", Text), ("year", Integer), ("number", Integer), ("version", Bigint), ("position", Bigint), ("state", Text), ("revision", Integer), ("pointer", Text),
        ("published", Numeric), ("read", Numeric), ("expected", Numeric), ("reported_at", TimestampTz), ("message", Text), ("reason", Text), ("correction", Integer), ("settled_at", TimestampTz));

    /// <summary>The reader's words, for those who work on the report.</summary>
    private static readonly ModelTable Texts = new("error_report_texts", 3, ("agency", Text), ("year", Integer), ("number", Integer), ("message", Text));

    /// <summary>How these rows are made anew from all events of an error report.</summary>
    public static ReadModel Model { get; } = new(ErrorReportId.Streams, [Facts, Texts], (stream, events, _) => Rows(ErrorReportId.OfStream(stream), events));

    /// <param name="events">All events of the error report.</param>
    public static IEnumerable<NpgsqlBatchCommand> Changes(ErrorReportId id, IEnumerable<RecordedEvent> events) => Rows(id, [.. events]).Select(row => row.Upsert());

    private static IEnumerable<ModelRow> Rows(ErrorReportId id, IReadOnlyList<RecordedEvent> events)
    {
        var report = Folded(events.Select(recorded => recorded.Happened));
        var settled = events.FirstOrDefault(recorded => recorded.Happened is ErrorReportEvent.ErrorReportAnswered or ErrorReportEvent.ErrorReportDismissed);
        var (what, message, reason, correction) = report switch
        {
            ErrorReport.Open(var told) => (told, null, null, null),
            ErrorReport.Answered(var told, var why, var mended) => (told, told.Message.Text, why.Text, mended),
            ErrorReport.Dismissed(var told, var why) => (told, (string?)null, why.Text, (int?)null),
            _ => throw new InvalidOperationException($"{id.Stream} has no state"),
        };
        yield return Facts.Row(
            id.Report.Agency, id.Report.Year, id.Number, events[^1].Version, events[^1].Position, report.State, what.Revision, what.Pointer,
            what.Published, what.Read, what.Expected, events[0].At, message, reason, correction, settled?.At);
        yield return Texts.Row(id.Report.Agency, id.Report.Year, id.Number, what.Message.Text);
    }

    public static ErrorReport Folded(IEnumerable<object> events) => events.Aggregate(ErrorReport.None, (state, happened) => state.Apply((ErrorReportEvent)happened));
}
