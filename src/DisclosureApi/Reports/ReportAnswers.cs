using System.Text.Json;
using Disclosure.Contents;
using Disclosure.Reports;
using Disclosure.Rules;
using DisclosureApi.Http;
using DisclosureApi.Store;

namespace DisclosureApi.Reports;

/// <summary>The two answers that the steps of a report's life give: the draft as it stands, and where the report is now.</summary>
internal static class ReportAnswers
{
    /// <summary>The draft with its findings, so that who files learns at once what is wrong.</summary>
    public static async Task<IResult> DraftAsync(int status, FiledReport filed, Actors actors, CancellationToken cancellation)
    {
        var work = filed.Report.WorkInHand!;
        var authors = await actors.NamesAsync(work.Authors, cancellation);
        var (readings, notes) = ReadingText.Open(work.Reading?.Text);
        var assessment = filed.Assess(work);
        var body = Json.Bytes(writer =>
        {
            writer.WriteStartObject();
            FilingWriter.WriteMembers(writer, new Filing(work.AgencyName?.Text, filed.Id.Year, work.Content.Content, readings, notes));
            writer.WriteString("state", filed.Report.State);
            writer.WriteString("contentHash", work.Content.Hash);
            writer.WriteStartArray("authors");
            foreach (var author in authors)
            {
                writer.WriteStringValue(author);
            }
            writer.WriteEndArray();
            writer.WriteString("ruleSet", assessment.RuleSet);
            writer.WritePropertyName("findings");
            AssessmentJson.Write(writer, assessment.Findings);
            writer.WritePropertyName("notAssessed");
            AssessmentJson.Write(writer, assessment.NotAssessed);
            WriteComments(writer, work);
            WriteDecisions(writer, filed.Report, work, assessment.Findings);
            WriteOriginal(writer, work.Original);
            writer.WriteEndObject();
        });
        return new Answer(status, body, Precondition.ETag(filed.Version));
    }

    /// <summary>Where the report is after a step; 201 when something happened, 200 when there was nothing left to do.</summary>
    public static IResult Step(Step step, StepResult result) => Step(step.IsProvable, result);

    public static IResult Step(bool isProvable, StepResult result) => result switch
    {
        StepResult.Refused(var problem) => problem,
        StepResult.Repeated(var answer) => Answer(answer),
        StepResult.Done(var before, var after) => Answer(
            Stored([], after, isProvable) with { Status = before.Version == after.Version ? StatusCodes.Status200OK : StatusCodes.Status201Created }),
        _ => throw new InvalidOperationException("unknown result of a step"),
    };

    /// <summary>The answer to a step that happened, as it is kept for a client that asks again.</summary>
    public static StoredAnswer Stored(byte[] fingerprint, FiledReport after, bool isProvable) => new(
        fingerprint,
        StatusCodes.Status201Created,
        Json.Bytes(writer => WriteWhere(writer, after)),
        Precondition.ETag(after.Version),
        isProvable ? $"<{Links.Proof(after.Id, after.Position)}>; rel=\"proof\"" : null);

    /// <summary>What was answered before under the same key.</summary>
    public static IResult Repeated(StoredAnswer stored) => Answer(stored);

    /// <summary>Where the report was after the step of a stored answer.</summary>
    public static (string State, long Position) Where(StoredAnswer stored)
    {
        using var told = JsonDocument.Parse(stored.Body);
        return (told.RootElement.GetProperty("state").GetString()!, told.RootElement.GetProperty("position").GetInt64());
    }

    private static Answer Answer(StoredAnswer stored) =>
        new(stored.Status, stored.Body, stored.ETag) { Headers = stored.Link is { } link ? [("Link", link)] : [] };

    private static void WriteWhere(Utf8JsonWriter writer, FiledReport filed)
    {
        writer.WriteStartObject();
        writer.WriteString("state", filed.Report.State);
        writer.WriteNumber("position", filed.Position);
        if (filed.Report.Public is { } current)
        {
            writer.WriteNumber("revision", current.Number);
        }
        else
        {
            writer.WriteNull("revision");
        }
        writer.WriteStartObject("links");
        writer.WriteString("report", Links.Report(filed.Id));
        writer.WriteString("draft", Links.Draft(filed.Id));
        writer.WriteString("findings", Links.Findings(filed.Id));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteOriginal(Utf8JsonWriter writer, OriginalDocument? original)
    {
        if (original is null)
        {
            writer.WriteNull("original");
            return;
        }
        writer.WriteStartObject("original");
        writer.WriteString("sha256", original.Sha256);
        writer.WriteString("mediaType", original.MediaType);
        writer.WriteNumber("size", original.Size);
        writer.WriteString("reader", original.Reader);
        writer.WriteEndObject();
    }

    /// <summary>What people said of the draft and why, for those who decide after them: each reason beside the finding that it is for.</summary>
    private static void WriteDecisions(Utf8JsonWriter writer, Report report, Work work, IReadOnlyList<Finding> findings)
    {
        // Most drafts are saved before anybody has said anything, and what a finding stands on takes a hash to tell.
        var judged = work.Acknowledgements.IsEmpty && work.Waivers.IsEmpty ? [] : findings.Select(finding => (Finding: finding, Inputs: work.InputsOf(finding))).ToList();
        writer.WriteStartArray("acknowledgements");
        foreach (var (finding, inputs) in judged)
        {
            if (work.Acknowledgements.GetValueOrDefault(inputs) is { } said)
            {
                WriteDecision(writer, finding, granted: null, said.Reason?.Text);
            }
        }
        writer.WriteEndArray();
        writer.WriteStartArray("waivers");
        foreach (var (finding, inputs) in judged)
        {
            if (work.Waivers.GetValueOrDefault(inputs) is { } decided)
            {
                WriteDecision(writer, finding, decided.Granted, decided.Reason.Text);
            }
        }
        writer.WriteEndArray();
        writer.WritePropertyName("secrecyReview");
        if (work.Secrecy is { } review)
        {
            writer.WriteStartObject();
            writer.WriteString("contentHash", review.ContentHash);
            writer.WriteBoolean("passed", review.Passed);
            writer.WriteString("note", review.Note?.Text);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNullValue();
        }
        writer.WriteString("submissionNote", report switch { Report.Submitted(_, var submission) => submission.Note?.Text, Report.Approved(_, var submission, _) => submission.Note?.Text, _ => null });
    }

    private static void WriteDecision(Utf8JsonWriter writer, Finding finding, bool? granted, string? reason)
    {
        writer.WriteStartObject();
        writer.WriteString("code", finding.Code);
        writer.WriteStartArray("pointers");
        foreach (var pointer in finding.Pointers)
        {
            writer.WriteStringValue(pointer);
        }
        writer.WriteEndArray();
        if (granted is { } decided)
        {
            writer.WriteBoolean("granted", decided);
        }
        writer.WriteString("reason", reason);
        writer.WriteEndObject();
    }

    private static void WriteComments(Utf8JsonWriter writer, Work work)
    {
        writer.WriteStartArray("comments");
        foreach (var comment in work.Comments)
        {
            writer.WriteStartObject();
            writer.WriteString("pointer", comment.Pointer);
            writer.WriteString("text", comment.Text.Text);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
