using System.Text.Json;
using System.Text.Json.Nodes;
using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;

namespace DisclosureApi.Reports;

/// <summary>PATCH …/draft: a JSON Merge Patch (RFC 7396) on the filing as GET …/draft tells it; null takes a value away.</summary>
internal static class PatchDraft
{
    private static readonly string[] _members = ["agencyName", "year", "content", "readings", "notes"];

    public static readonly OperationContract Contract = new("patch_draft", "Reports", "Change parts of a draft")
    {
        Description =
            "A JSON Merge Patch (RFC 7396) on the members of the filing as GET …/draft tells them: what is given replaces, null takes away, what is not named stays. "
            + "A cell whose number changes loses its reading, unless the patch gives one: how the document was read says nothing of the new number. "
            + "Send If-Match with the draft's ETag. Another media type answers 415 with Accept-Patch.",
        Body = "Filing",
        BodyType = Body.MergePatchType,
        IsConditional = true,
        Answers = [new(200, "Draft", "The draft as changed, with its findings") { Headers = ["ETag"] }],
        Problems = [400, 403, 404, 409, 412, 413, 415, 422, 428],
        Refusals = [ProblemTypes.WrongState, ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(
        string code, int year, HttpContext context, ReportDesk desk, FiledReports reports, Actors actors, CancellationToken cancellation)
    {
        var precondition = Precondition.Required(context.Request);
        var patch = Body.Parse(await Body.MergePatchBytesAsync(context));
        var changed = new Filing(null, null, ReportContent.Empty, Filing.NoReadings, []);
        // The patch is applied in the check, so that what is wrong with its outcome is told of the version that was named.
        var step = new Step(context, new ReportId(code, year), [Role.Submitter], filed =>
        {
            if (filed.DraftVersion is null)
            {
                return new Problem(ProblemTypes.NotFound);
            }
            if (precondition.Check(filed.DraftVersion) is { } failed)
            {
                return failed;
            }
            (changed, var problem) = Patched(filed, patch);
            return problem;
        }, (_, actor) => new ReportCommand.Edit(actor, changed.AgencyName, changed.Content, ReadingText.Of(changed), null));
        return await desk.CarryOutAsync(step, cancellation) switch
        {
            StepResult.Refused(var problem) => problem,
            StepResult.Done(_, var after) => await ReportAnswers.DraftAsync(StatusCodes.Status200OK, await reports.BesideOthersAsync(after, cancellation), actors, cancellation),
            _ => throw new InvalidOperationException("unknown result of a step"),
        };
    }

    private static (Filing Filing, Problem? Problem) Patched(FiledReport filed, JsonElement patch)
    {
        var work = filed.Report.WorkInHand!;
        var (readings, notes) = ReadingText.Open(work.Reading?.Text);
        var before = new Filing(work.AgencyName?.Text, filed.Id.Year, work.Content.Content, readings, notes);
        var target = JsonNode.Parse(Json.Bytes(writer => FilingWriter.Write(writer, before)));
        var merged = MergePatch.Apply(target, JsonNode.Parse(patch.GetRawText()));
        var (after, faults) = FilingReader.Read(JsonSerializer.SerializeToElement(merged));
        IReadOnlyList<Fault> all = [.. Unknown(patch), .. faults];
        after = after with { Readings = Kept(before, after) };
        return (after, all.Count > 0 ? new Problem(ProblemTypes.InvalidBody).With(all.DistinctBy(fault => fault.Pointer)) : FilingBody.Check(after, filed.Id.Year));
    }

    /// <summary>Members of GET …/draft that are no part of the filing. A null for them would change nothing and tell nobody.</summary>
    private static IReadOnlyList<Fault> Unknown(JsonElement patch)
    {
        var walk = new JsonWalk([]);
        walk.Members(patch, "", _members);
        return walk.Faults;
    }

    /// <summary>The readings that still say where the numbers beside them came from.</summary>
    private static Dictionary<string, Reading> Kept(Filing before, Filing after) => after.Readings
        .Where(reading => CellAddress.Parse(reading.Key) is not { } address
            || before.Content.Cell(address) == after.Content.Cell(address)
            || !Equals(before.Readings.GetValueOrDefault(reading.Key)?.Raw, reading.Value.Raw))
        .ToDictionary(reading => reading.Key, reading => reading.Value, StringComparer.Ordinal);
}
