using System.Globalization;
using Disclosure.Agencies;
using Disclosure.Canonical;
using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Agencies.Steps;

/// <summary>What the steps on an entry of the register share: who may take them, their answers, their members.</summary>
internal static class AgencySteps
{
    public const int MaxSuccessors = 100;

    public static OperationContract Contract(string id, string summary, string description, string body, string done) => new(id, "Agencies", summary)
    {
        Description = description + " Answers the entry as it is afterwards. A registrar with an office acts on the bodies that this office supervises.",
        Body = body,
        IsStep = true,
        Answers =
        [
            new(200, "Agency", "There was nothing left to do") { Headers = ["ETag"] },
            new(201, "Agency", done) { Headers = ["ETag"] },
        ],
        Problems = [400, 403, 404, 409, 412, 413, 415, 422],
        Refusals = [ProblemTypes.AgencyEnded, ProblemTypes.Contended],
    };

    public static CommittedText Reason(StepBody body) => new(body.RequiredText("reason"), CommittedText.NewSalt());

    public static DateOnly Day(StepBody body, string name)
    {
        var text = body.RequiredText(name);
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && text.Length > 0)
        {
            body.Walk.Wrong($"/{name}", "日期（yyyy-MM-dd）", "a date (yyyy-MM-dd)");
        }
        return day;
    }

    public static IReadOnlyList<string> Successors(StepBody body)
    {
        if (body.Member("successors") is not { } list)
        {
            return [];
        }
        if (list.ValueKind != System.Text.Json.JsonValueKind.Array || list.GetArrayLength() > MaxSuccessors)
        {
            body.Walk.Wrong("/successors", $"最多{MaxSuccessors}个代码的列表", $"a list of at most {MaxSuccessors} codes");
            return [];
        }
        var codes = list.EnumerateArray().Select((item, i) => body.Walk.Text(item, $"/successors/{i}", UnifiedCode.Length) ?? "").ToList();
        if (codes.Distinct(StringComparer.Ordinal).Count() < codes.Count)
        {
            body.Walk.Add("/successors", "代码重复", "names a code twice");
        }
        return codes;
    }
}
