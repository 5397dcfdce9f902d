using System.Text.Json;
using Disclosure.Contents;
using Disclosure.Reports;
using Disclosure.Reports.ErrorReports;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;

namespace DisclosureApi.Reports.ErrorReports;

/// <summary>What a reader says is wrong.</summary>
internal sealed record ToldError(int Revision, string Pointer, decimal? Read, decimal? Expected, string Message);

/// <summary>
/// Takes in what readers report, within limits that hold whoever asks and however fast. Numbers count up within a report, so
/// that two who come at once want the same one: the second looks again, and finds the queue one longer.
/// </summary>
internal sealed class ErrorReportIntake(EventStore store, WholeDatabase whole, PublishedReports published, RateLimits limits, Idempotency answers)
{
    /// <summary>How many may wait for one agency's answer on one report.</summary>
    public const int MostOpen = 50;

    /// <summary>Each time that somebody else is faster, the queue is one longer; so this is never reached while nobody answers.</summary>
    private const int MostAttempts = MostOpen + 10;

    public Task<IResult> TakeInAsync(HttpContext context, ReportId id, ToldError told, StepKey key, CancellationToken cancellation)
    {
        var isEntered = false;
        var attempts = Attempts.Of(answers, answered => ErrorReportAnswers.Of(answered, isNew: true)) with { Most = MostAttempts };
        return attempts.OnceAsync(key, TryAsync, cancellation);

        async Task<IResult?> TryAsync()
        {
            var (known, problem) = await PublicAsync(id, cancellation);
            if (known is null)
            {
                return problem!;
            }
            var queue = await QueueAsync(id, cancellation);
            if (queue.Revision != known.Revision)
            {
                published.Drop([id.Stream]);
                return null;
            }
            var command = new ErrorReportCommand.Tell(told.Revision, told.Pointer, told.Read, told.Expected, told.Message, known);
            var decision = ErrorReportDecider.Decide(ErrorReport.None, command);
            if ((decision as ErrorReportDecision.Accepted)?.Happened is not { } happened)
            {
                return ErrorReportRefusals.Problem(decision, id);
            }
            if (queue.Open >= MostOpen)
            {
                return new Problem(ProblemTypes.QueueFull).With("open", queue.Open);
            }
            if (!isEntered && limits.EnterErrorReport(context) is { } tooMany)
            {
                return tooMany;
            }
            isEntered = true;
            var stored = await StoreAsync(context, new ErrorReportId(id, queue.Last + 1), queue.Version, happened, key, cancellation);
            return stored is null ? null : ErrorReportAnswers.Of(stored, isNew: true);
        }
    }

    /// <summary>What is public now, as readers have it.</summary>
    private async Task<(PublicContent? Known, Problem? Problem)> PublicAsync(ReportId id, CancellationToken cancellation)
    {
        var found = await published.FindAsync(id, cancellation);
        if (found?.Withdrawal is { } withdrawal)
        {
            return (null, GetReport.Withdrawn(withdrawal));
        }
        if (found?.Report?.Open is not { } body)
        {
            return (null, new Problem(ProblemTypes.NotFound));
        }
        using var read = JsonDocument.Parse(body.Plain.Bytes);
        return (new PublicContent(id.Year, read.RootElement.GetProperty("revision").GetInt32(), FilingReader.Read(read.RootElement).Filing.Content), null);
    }

    private async Task<(int? Revision, long Version, int Last, int Open)> QueueAsync(ReportId id, CancellationToken cancellation)
    {
        await using var command = whole.Source.CreateCommand(
            """
            select case when r.withdrawal_reason is null then r.revision end, r.version, coalesce(max(e.number), 0), count(*) filter (where e.state = 'open')::integer
            from reports r left join error_reports e on e.agency = r.agency and e.year = r.year where r.agency = $1 and r.year = $2 group by r.agency, r.year
            """);
        command.Parameters.Add(new() { Value = id.Agency });
        command.Parameters.Add(new() { Value = id.Year });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? (await reader.IsDBNullAsync(0, cancellation) ? null : reader.GetInt32(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetInt32(3))
            : (null, 0, 0, 0);
    }

    /// <summary>Stores it on the revision that it is about; null when somebody else was faster, or the report is another by now.</summary>
    private async Task<StoredAnswer?> StoreAsync(HttpContext context, ErrorReportId id, long version, ErrorReportEvent happened, StepKey key, CancellationToken cancellation)
    {
        StoredAnswer? answer = null;
        var append = new Append(
            id.Stream, ErrorReportId.Streams, 0, [happened], new Provenance(Actors.Reader, "reader", null, null, Faults.RequestId(context)), new StreamVersion(id.Report.Stream, version),
            placed => ErrorReportProjection.Changes(id, placed.Select(stored => stored.Recorded))
                .Concat(Idempotency.Rows(key.Client, key.Key, answer = ErrorReportAnswers.Stored(key, id, "open", placed[^1].Position, etag: ""))));
        return await store.AppendAsync(append, cancellation) is AppendResult.Stored ? answer : null;
    }
}
