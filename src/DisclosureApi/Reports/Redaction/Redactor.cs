using System.Text;
using System.Text.Json.Nodes;
using Disclosure.Canonical;
using Disclosure.Contents;
using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;
using DisclosureApi.Store.Following;
using DisclosureApi.Store.Judging;
using DisclosureApi.Store.Searching;
using Npgsql;
using NpgsqlTypes;

namespace DisclosureApi.Reports.Redaction;

/// <summary>
/// Removes words from everything that holds them: events, public bodies, findings, the documents that were filed, and the
/// memory of every host. Commitments stay, so that no proof breaks.
/// </summary>
internal sealed class Redactor(WholeDatabase whole, HeldPersons persons, EventStore store, FiledReports reports, PublishedReports published, Actors actors, Follower follower)
{
    /// <summary>One attempt; null when somebody else was faster.</summary>
    public async Task<StepResult?> TryAsync(HttpContext context, FiledReport filed, StepKey key, RedactionOrder order, CancellationToken cancellation)
    {
        var events = await HeldTexts.ReadAsync(whole.Source, filed.Id.Stream, cancellation);
        var held = HeldTexts.TakeOut(events, order.Words);
        if (order.Words.Count > 0 && held.Count == 0)
        {
            return new StepResult.Refused(new Problem(ProblemTypes.NothingToRedact));
        }
        if (events[^1].Version != filed.Version)
        {
            return null;
        }
        var provenance = await Caller.Of(context)!.ProvenanceAsync(actors, context, Role.Redactor, filed.Agency.Agency.Supervisor, cancellation);
        var person = order.Person is { } id ? await persons.FindAsync(id, cancellation) : null;
        if (order.Person is not null && Refused(order.Person, person, events, provenance.Actor) is { } refused)
        {
            return new StepResult.Refused(new Problem(refused));
        }
        var steps = Steps(events);
        var after = filed with { Report = steps[^1].After, Version = filed.Version + 1 };
        var bodies = held.Count > 0 ? await BodiesAsync(filed.Id, steps, cancellation) : [];
        var append = ReportDesk.Append(filed, [Happened(order, held)], [after.Report], provenance);
        var result = await store.AppendAsync(
            append with
            {
                Project = placed => append.Project(placed).Concat(held.Count > 0 ? [Remove(filed.Id.Stream, placed[^1].Position, held)] : [])
                    .Concat(person is not null ? [person.Remove(placed[^1].Position)] : []).Concat(bodies)
                    .Concat(Idempotency.Rows(key.Client, key.Key, ReportAnswers.Stored(key.Fingerprint, after with { Position = placed[^1].Position }, isProvable: true))),
            }, cancellation);
        if (result is not AppendResult.Stored(var stored))
        {
            return null;
        }
        reports.Forget(filed.Id);
        published.Drop([filed.Id.Stream]);
        actors.Forget();
        await follower.EveryoneAsync(stored[^1].Position, cancellation);
        return new StepResult.Done(filed, after with { Position = stored[^1].Position });
    }

    /// <summary>An answer that was lost and is asked for again goes out no earlier than the first: when nobody serves the words any more.</summary>
    public async Task<IResult> RepeatedAsync(StoredAnswer answered, CancellationToken cancellation)
    {
        await follower.EveryoneAsync(ReportAnswers.Where(answered).Position, cancellation);
        return ReportAnswers.Repeated(answered);
    }

    private static ReportEvent.TextsRedacted Happened(RedactionOrder order, IReadOnlyList<HeldText> held) => new(
        [.. held.Select(text => new RedactedText(text.Position, text.Pointer, text.Commitment))], order.Basis, new CommittedText(order.Reason, CommittedText.NewSalt()))
    {
        Person = order.Person,
    };

    /// <summary>Who acted here, is known, and has finished can be removed by somebody else.</summary>
    private static ProblemType? Refused(string id, HeldPerson? person, IReadOnlyList<RawEvent> events, string redactor) =>
        person is null || events.All(happened => happened.Actor != id) ? ProblemTypes.NothingToRedact
        : id == redactor ? ProblemTypes.SamePerson
        : person.IsAtWork ? ProblemTypes.PersonAtWork
        : null;

    private static List<(RawEvent Raw, Report After)> Steps(IReadOnlyList<RawEvent> events)
    {
        var (report, steps) = (Report.None, new List<(RawEvent, Report)>());
        foreach (var raw in events)
        {
            report = report.Apply((ReportEvent)EventCodec.Decode(raw.Type, raw.Data.ToJsonString()), raw.Actor);
            steps.Add((raw, report));
        }
        return steps;
    }

    /// <summary>Takes the words from the events of a stream, in the transaction of the event that tells of it.</summary>
    public static NpgsqlBatchCommand Remove(string stream, long redaction, IReadOnlyList<HeldText> held)
    {
        var command = new NpgsqlBatchCommand("select disclosure_redact($1, $2, $3, $4, $5)");
        command.Parameters.Add(new() { Value = stream });
        command.Parameters.Add(new() { Value = redaction });
        command.Parameters.Add(new() { Value = held.Select(text => text.Position).ToArray() });
        command.Parameters.Add(new() { Value = held.Select(text => text.Array).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        command.Parameters.Add(new() { Value = held.Select(text => text.Shown).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        return command;
    }

    /// <summary>Every revision anew, as its events tell it now; what the register says of the agency stays as it was published.</summary>
    private async Task<List<NpgsqlBatchCommand>> BodiesAsync(ReportId id, List<(RawEvent Raw, Report After)> steps, CancellationToken cancellation)
    {
        var made = steps.Where(step => step.Raw.Type is "report_published" or "report_archived").ToDictionary(step => step.After.Public!.Number, step => step.After.Public!);
        await using var command = whole.Source.CreateCommand("select revision, body from publications where agency = $1 and year = $2");
        command.Parameters.Add(new() { Value = id.Agency });
        command.Parameters.Add(new() { Value = id.Year });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var commands = new List<NpgsqlBatchCommand>();
        while (await reader.ReadAsync(cancellation))
        {
            var revision = made[reader.GetInt32(0)];
            var body = JsonNode.Parse(reader.GetFieldValue<byte[]>(1))!.AsObject();
            body["content"] = JsonNode.Parse(Json.Bytes(writer => FilingWriter.WriteContent(writer, revision.Content.Content)));
            var bytes = Json.Bytes(writer => body.WriteTo(writer, Json.Options));
            commands.Add(EventStore.Command(
                "update publications set body = $4, etag = $5, findings = $6 where agency = $1 and year = $2 and revision = $3",
                id.Agency, id.Year, revision.Number, bytes, Answer.ETagOf(bytes), Encoding.UTF8.GetBytes(revision.Assessment.Text)));
            commands.Add(WordIndex.Change(id, revision.Number, body["agency"]!["name"]!.GetValue<string>(), body["agency"]!["region"]!.GetValue<string>(), revision.Content.Content));
            commands.Add(LikenessIndex.Row(id, revision.Number, body["agency"]!["name"]!.GetValue<string>(), revision.Content.Content).Upsert());
        }
        return commands;
    }
}
