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
            writer.WriteEndObject();
        });
        return new Answer(status, body, Precondition.ETag(filed.Version));
    }

    /// <summary>Where the report is after a step; 201 when something happened, 200 when there was nothing left to do.</summary>
    public static IResult Step(StepResult result, bool isProvable = false) => result switch
    {
        StepResult.Refused(var problem) => problem,
        StepResult.Done(var before, var after) => Where(before.Version == after.Version ? StatusCodes.Status200OK : StatusCodes.Status201Created, after, isProvable),
        _ => throw new InvalidOperationException("unknown result of a step"),
    };

    private static Answer Where(int status, FiledReport filed, bool isProvable)
    {
        var body = Json.Bytes(writer =>
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
        });
        return new Answer(status, body, Precondition.ETag(filed.Version))
        {
            Headers = isProvable ? [("Link", $"<{Links.Proof(filed.Id, filed.Position)}>; rel=\"proof\"")] : [],
        };
    }

    private static void WriteComments(System.Text.Json.Utf8JsonWriter writer, Work work)
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
