using Disclosure.Canonical;
using Disclosure.Contents;
using Disclosure.Reports;
using Disclosure.Rules;
using Disclosure.Rules.Likenesses;
using DisclosureApi.Access;
using DisclosureApi.Store;
using Npgsql;

namespace DisclosureApi.Reports.Rechecks;

/// <summary>A correction of a report of the year before.</summary>
/// <param name="Position">Of its publication.</param>
/// <param name="IsOwn">Whether it is of the body's own report, and not of a predecessor's.</param>
public sealed record Corrected(long Position, bool IsOwn);

/// <summary>
/// Checks what is public again, under the rules of today and against last year's figures as they stand now. The result is
/// an event of its own: what was said at the submission stays as it was said.
/// </summary>
public sealed class Rechecker(NpgsqlDataSource database, EventStore store, FiledReports reports)
{
    public const string Correction = "correction";
    public const string Request = ReportEvent.ReportRechecked.Asked;

    /// <summary>One attempt; null when somebody else was faster.</summary>
    /// <param name="key">Under which the client may ask again; null where no client asked.</param>
    /// <param name="correction">What it is checked for; null where a client asked.</param>
    public async Task<StepResult?> TryAsync(FiledReport filed, Provenance provenance, StepKey? key, CancellationToken cancellation, Corrected? correction = null)
    {
        var revision = filed.Report.Public!;
        var history = await store.ReadAsync(filed.Id.Stream, cancellation);
        if (history.Version != filed.Version)
        {
            reports.Forget(filed.Id);
            return null;
        }
        var (judged, previous) = await AssessAsync(filed, revision, history, isAsked: correction is null, cancellation);
        if (correction is not null && history.Events.Any(stored => IsDone(stored, revision.Number, correction, previous)))
        {
            return new StepResult.Done(filed, filed);
        }
        var happened = new ReportEvent.ReportRechecked(
            revision.Number, judged.RuleSet, new CommittedText(AssessmentJson.Text(judged), CommittedText.NewSalt()), correction is null ? Request : Correction, previous);
        var after = filed with { Report = filed.Report.Apply(happened, provenance.Actor), Version = filed.Version + 1 };
        var append = ReportDesk.Append(filed, [happened], [after.Report], provenance);
        var result = await store.AppendAsync(append with { Project = placed => append.Project(placed).Concat(Answer(key, after with { Position = placed[^1].Position })) }, cancellation);
        if (result is not AppendResult.Stored(var stored))
        {
            reports.Forget(filed.Id);
            return null;
        }
        return new StepResult.Done(filed, reports.Remember(after with { Position = stored[^1].Position }));
    }

    /// <summary>Whether the event is the check that a correction asks for: held against that revision or a later one, or, where the revision is not told, made after it.</summary>
    private static bool IsDone(StoredEvent stored, int revision, Corrected correction, int? previous) =>
        stored.Happened is ReportEvent.ReportRechecked known && known.Revision == revision
        && (correction.IsOwn && known.PreviousRevision is { } against ? against >= previous : stored.Position > correction.Position);

    private static IEnumerable<NpgsqlBatchCommand> Answer(StepKey? key, FiledReport after) =>
        key is null ? [] : Idempotency.Rows(key.Client, key.Key, ReportAnswers.Stored(key.Fingerprint, after, isProvable: true));

    /// <summary>The findings, and the revision of last year's report that they were made with.</summary>
    private async Task<(Assessment Assessment, int? Previous)> AssessAsync(FiledReport filed, Revision revision, StreamHistory history, bool isAsked, CancellationToken cancellation)
    {
        var made = Making.Of(history, revision.Number);
        var content = revision.Content.Content;
        filed = await reports.AmongAsync(filed, cancellation, revision.AgencyName?.Text);
        filed = await reports.BesideOthersAsync(filed, OwnWords.Of(content, revision.AgencyName?.Text), cancellation);
        var around = filed.Around with
        {
            FiledOn = made.On,
            Correction = made.Before is { } before ? new Correction(before.Content.Content, made.Reason) : null,
            // Who has it checked for another report's correction hears of that, and not of the day of publication as well.
            Publication = revision.PublishedOn is { } on ? new Publication(on) : isAsked ? new Publication(made.PublishedHere) : null,
            CheckedAgainst = await CheckedAgainstAsync(filed.Id, made.LastChecked, cancellation),
        };
        var (readings, notes) = ReadingText.Open(revision.Reading?.Text);
        return (RuleBook.Assess(new RuleInput(filed.Id.Year, new Filing(revision.AgencyName?.Text, filed.Id.Year, content, readings, notes), around)), around.Previous?.Revision);
    }

    /// <summary>The revision of last year's report that was public when this one was checked last.</summary>
    private async Task<int?> CheckedAgainstAsync(ReportId id, long position, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select max(revision) from publications where agency = $1 and year = $2 and position < $3");
        command.Parameters.Add(new() { Value = id.Agency });
        command.Parameters.Add(new() { Value = id.Year - 1 });
        command.Parameters.Add(new() { Value = position });
        return await command.ExecuteScalarAsync(cancellation) as int?;
    }

    /// <summary>How a revision came about.</summary>
    /// <param name="On">The day it was handed in, in Shanghai.</param>
    /// <param name="Before">The revision that it corrects; null for the first.</param>
    /// <param name="Reason">Of the correction.</param>
    /// <param name="LastChecked">Position of the event that holds its newest findings.</param>
    /// <param name="PublishedHere">The day on which the report became public here first, in Shanghai.</param>
    private sealed record Making(DateOnly On, Revision? Before, string? Reason, long LastChecked, DateOnly PublishedHere)
    {
        public static Making Of(StreamHistory history, int revision)
        {
            var (report, making, checkedAt, on, first) = (Report.None, (Making?)null, 0L, DateOnly.MinValue, DateOnly.MinValue);
            foreach (var stored in history.Events)
            {
                if (stored.Happened is ReportEvent.ReportSubmitted or ReportEvent.ReportArchived)
                {
                    (checkedAt, on) = (stored.Position, DayOf(stored));
                }
                first = stored.Happened is ReportEvent.ReportPublished { Revision: 1 } or ReportEvent.ReportArchived ? DayOf(stored) : first;
                making = stored.Happened switch
                {
                    ReportEvent.ReportPublished published when published.Revision == revision => new Making(on, report.Public, report.WorkInHand?.CorrectionReason?.Text, checkedAt, first),
                    ReportEvent.ReportArchived => new Making(on, null, null, checkedAt, first),
                    ReportEvent.ReportRechecked known when known.Revision == revision => making! with { LastChecked = stored.Position },
                    _ => making,
                };
                report = report.Apply((ReportEvent)stored.Happened, stored.Provenance.Actor);
            }
            return making ?? throw new InvalidOperationException($"Revision {revision} was never published.");
        }

        private static DateOnly DayOf(StoredEvent stored) => DateOnly.FromDateTime(stored.At.ToOffset(TimeSpan.FromHours(8)).DateTime);
    }
}
