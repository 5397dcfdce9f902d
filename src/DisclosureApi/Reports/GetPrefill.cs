using Disclosure.Contents;
using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Reports;

/// <summary>GET …/draft/prefill: a filing to begin with, made from what was published for the year before. Nothing is stored.</summary>
internal static class GetPrefill
{
    public static readonly OperationContract Contract = new("prefill_draft", "Reports", "Begin a draft from last year's report")
    {
        Description =
            "A filing for the agency's submitter to complete and send to PUT …/draft: title, period and forms of the year; and where a report is public for the year before, "
            + "what it carried over as carried in, its counts in force, contact and preamble. notes say where each came from. In the first year of a new form, counts in force are "
            + "not carried, because they mean something else. Nothing is stored, so it can be asked for at any time.",
        Answers = [new(200, "Filing", "The filing to complete")],
        Problems = [403, 404],
    };

    public static async Task<IResult> HandleAsync(string code, int year, HttpContext context, FiledReports reports, CancellationToken cancellation)
    {
        var caller = Caller.Of(context)!;
        if (await reports.FindAsync(new ReportId(code, year), agency => caller.ActsOn(agency, Role.Submitter) is not null, cancellation) is not { } filed)
        {
            return new Problem(ProblemTypes.NotFound);
        }
        var last = await reports.FindAsync(new ReportId(code, year - 1), _ => true, cancellation);
        var prefilled = Prefill.For(year, filed.Agency.Agency.Name, last?.Report.Public?.Content.Content);
        return new Answer(StatusCodes.Status200OK, Json.Bytes(writer => FilingWriter.Write(writer, prefilled)), etag: "");
    }
}
