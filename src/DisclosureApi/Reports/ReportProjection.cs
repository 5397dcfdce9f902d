using System.Text;
using System.Text.Json;
using Disclosure.Agencies;
using Disclosure.Compiling;
using Disclosure.Reports;
using DisclosureApi.Http;
using DisclosureApi.Store;
using DisclosureApi.Store.Figures;
using DisclosureApi.Store.Judging;
using DisclosureApi.Store.Rebuilding;
using DisclosureApi.Store.Searching;
using Npgsql;
using static NpgsqlTypes.NpgsqlDbType;

namespace DisclosureApi.Reports;

/// <summary>The rows that a report's events leave in the read models. They depend on the events and the register alone, so that a rebuild gives the same bytes.</summary>
internal static class ReportProjection
{
    private static readonly ModelTable Reports = new(
        "reports", 2,
        ("agency", Text), ("year", Integer), ("version", Bigint), ("position", Bigint), ("state", Text), ("revision", Integer),
        ("withdrawal_reason", Text), ("withdrawn_at", TimestampTz));

    private static readonly ModelTable Publications = new(
        "publications", 3,
        ("agency", Text), ("year", Integer), ("revision", Integer), ("position", Bigint), ("body", Bytea), ("etag", Text), ("findings", Bytea));

    /// <summary>What people who work on a report must know of it.</summary>
    private static readonly ModelTable WorkTable = new(
        "work", 2,
        ("agency", Text), ("year", Integer), ("position", Bigint), ("state", Text), ("since", TimestampTz), ("content_hash", Text), ("secrecy", Text),
        ("authors", NpgsqlTypes.NpgsqlDbType.Array | Text), ("comments", Integer), ("changed", NpgsqlTypes.NpgsqlDbType.Array | Text), ("new_findings", Integer));

    /// <summary>Which bodies each public compilation counts, and which it lists as its own, so that nobody is counted by two.</summary>
    private static readonly ModelTable Compilations = new(
        "compilations", 2,
        ("agency", Text), ("year", Integer), ("position", Bigint), ("revision", Integer), ("scope", Text),
        ("members", NpgsqlTypes.NpgsqlDbType.Array | Text), ("listed", NpgsqlTypes.NpgsqlDbType.Array | Text));

    /// <summary>How these rows are made anew from all events of a report.</summary>
    public static ReadModel Model { get; } = new("report", [Reports, WorkTable, Publications, Compilations, LikenessIndex.Table, WordIndex.Table, FigureHistory.Table, FindingHistory.Table, DeliveryHistory.Table], Rebuilt);

    /// <summary>Where the report is now, and what people who work on it must know: rows that every step leaves.</summary>
    public static IEnumerable<ModelRow> Standing(ReportId id, RecordedEvent last, Report after) => [Current(id, after, last), Waiting(id, after, last)];

    /// <summary>What readers are told of: publications, and which bodies a public compilation counts.</summary>
    /// <param name="agencyAt">The agency as it was registered at a position.</param>
    /// <param name="steps">Events, and the report after each.</param>
    private static IEnumerable<ModelRow> Published(ReportId id, Func<long, Agency> agencyAt, IReadOnlyList<(RecordedEvent Recorded, Report After)> steps)
    {
        foreach (var (recorded, after) in steps)
        {
            if (recorded.Happened is ReportEvent.ReportPublished or ReportEvent.ReportArchived)
            {
                var agency = agencyAt(recorded.Position);
                yield return Publication(id, agency, after.Public!, recorded);
                yield return WordIndex.Row(id, agency, after.Public!.Number, recorded.Position, after.Public.Content.Content);
                yield return LikenessIndex.Row(id, after.Public!.Number, agency.Name, after.Public.Content.Content);
            }
        }
        var (last, now) = steps[^1];
        if ((now.Public ?? (now as Report.Withdrawn)?.Revision) is { CompiledFrom.Plan: { } plan } revision)
        {
            yield return Compiled(id, plan, revision, now.Public is not null, last);
        }
    }

    /// <summary>All that new events of a report change in the read models beside <see cref="Standing"/>.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Changes(ReportId id, Agency agency, IReadOnlyList<(RecordedEvent Recorded, Report After)> steps) =>
        WordIndex.Upserts(Published(id, _ => agency, steps), steps[0].Recorded.Position - 1).Concat(FigureHistory.Changes(id, steps)).Concat(FindingHistory.Changes(id, steps)).Concat(DeliveryHistory.Changes(id, steps));

    private static IEnumerable<ModelRow> Rebuilt(string stream, IReadOnlyList<RecordedEvent> events, RegisterHistory register)
    {
        var id = ReportId.OfStream(stream);
        var steps = Steps(events).ToList();
        return Published(id, position => register.At(id.Agency, position), steps).Concat(Standing(id, steps[^1].Recorded, steps[^1].After)).Concat(FigureHistory.Rows(id, steps)).Concat(FindingHistory.Rows(id, steps)).Concat(DeliveryHistory.Rows(id, steps));
    }

    private static IEnumerable<(RecordedEvent Recorded, Report After)> Steps(IEnumerable<RecordedEvent> events)
    {
        var report = Report.None;
        foreach (var recorded in events)
        {
            report = report.Apply((ReportEvent)recorded.Happened, recorded.Actor);
            yield return (recorded, report);
        }
    }

    private static ModelRow Publication(ReportId id, Agency agency, Revision revision, RecordedEvent recorded)
    {
        var body = PublishedBody.Render(id, agency, revision, recorded);
        return Publications.Row(
            id.Agency, id.Year, revision.Number, recorded.Position, body, Answer.ETagOf(body), Encoding.UTF8.GetBytes(revision.Assessment.Text));
    }

    private static ModelRow Current(ReportId id, Report after, RecordedEvent last)
    {
        var withdrawn = after as Report.Withdrawn;
        return Reports.Row(
            id.Agency, id.Year, last.Version, last.Position, after.State, (after.Public ?? withdrawn?.Revision)?.Number,
            withdrawn?.Reason.Text, withdrawn is null ? null : last.At);
    }

    /// <summary>A withdrawn compilation counts nobody.</summary>
    private static ModelRow Compiled(ReportId id, CompilationPlan plan, Revision revision, bool isPublic, RecordedEvent last) => Compilations.Row(
        id.Agency, id.Year, last.Position, revision.Number, JsonNamingPolicy.CamelCase.ConvertName(plan.Scope.ToString()),
        isPublic ? plan.Counted.Select(member => member.Agency).ToArray() : [],
        isPublic ? plan.Counted.Concat(plan.Missing).Select(member => member.Agency).Order(StringComparer.Ordinal).ToArray() : []);

    private static ModelRow Waiting(ReportId id, Report after, RecordedEvent last)
    {
        var work = after.WorkInHand;
        return WorkTable.Row(
            id.Agency, id.Year, last.Position, after.State, last.At, work?.Content.Hash, work?.ValidSecrecy is { } review ? (review.Passed ? "passed" : "refused") : null,
            work?.Authors.ToArray(), work?.Comments.Count, work?.ChangedSinceReturn?.ToArray(), after is Report.Published { Revision.NewFindings: > 0 and var news } ? news : null);
    }
}
