using Disclosure.Contents;
using Disclosure.Rules;
using DisclosureApi.Http;
using DisclosureApi.Store.Judging;

namespace DisclosureApi.Rules;

/// <summary>POST /v1/validations: what the rules say of a filing; nothing is stored.</summary>
internal static class PostValidation
{
    public static readonly OperationContract Contract = new("validate_filing", "Rules", "Judge a filing by the rules")
    {
        Description =
            "Takes a filing as POST /v1/conversions answers it and lists every finding at once. A number that can stand in no report is a finding here; "
            + "a draft refuses it. Where the name in agencyName is that of one registered body, the filing is judged as that body's: "
            + "against its register entry and its report of the year before, exactly as its draft would be. Nothing is stored.",
        Body = "Filing",
        Answers = [new(200, "Findings", "The findings, none when all rules hold")],
        Problems = [400, 413, 415, 422],
    };

    public static async Task<IResult> HandleAsync(HttpContext context, Gathering gathering)
    {
        var filing = await FilingBody.JsonAsync(context);
        if (filing.Year is not { } year || !FilingBody.IsReportYear(year))
        {
            return new Problem(ProblemTypes.InvalidBody).With([new Fault("/year", new(
                "请填写报告年度（2019年起）", "The report year is needed; the first official form is that of 2019."))]);
        }
        var assessment = RuleBook.Assess(new RuleInput(year, filing, await gathering.ByNameAsync(filing, year, context.RequestAborted)));
        return new Answer(StatusCodes.Status200OK, AssessmentJson.Bytes(assessment), "");
    }
}
