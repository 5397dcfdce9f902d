using System.Globalization;
using Disclosure.Contents;
using Disclosure.Reports;
using Disclosure.Rules;
using Disclosure.Rules.Likenesses;
using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Reports.Steps;

/// <summary>POST …/archive {filing, publishedOn, sourceUrl}: brings in a report that was published elsewhere before, with its faults.</summary>
internal static class PostArchive
{
    public static readonly OperationContract Contract = new("archive_report", "Reports", "Bring in a report published elsewhere")
    {
        Description =
            "Takes a report as it was published on a portal, with its legal date and address. Faults do not stop it: they are published with it. "
            + "It becomes revision 1.",
        Body = "Archive",
        IsStep = true,
        Answers = [new(201, "Step", "The report is public") { Headers = ["ETag", "Link"] }],
        Problems = [400, 403, 404, 409, 412, 413, 415, 422],
        Refusals = [ProblemTypes.WrongState, ProblemTypes.AgencyEnded, ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(string code, int year, HttpContext context, ReportDesk desk, TimeProvider clock, CancellationToken cancellation)
    {
        var precondition = Precondition.Optional(context.Request);
        var body = await StepBody.ReadAsync(context, "filing", "publishedOn", "sourceUrl");
        var filing = Filing(body);
        var (publishedOn, sourceUrl) = (Day(body, WorkList.Today(clock)), Url(body));
        body.Finish();
        if (!FilingBody.IsReportYear(year))
        {
            return new Problem(ProblemTypes.NotFound);
        }
        FilingBody.Require(filing, year, "/filing");
        var step = new Step(context, new ReportId(code, year), [Role.Archivist], filed => precondition.Check(filed.Version), (filed, actor) =>
            new ReportCommand.Archive(actor, filing.AgencyName, filing.Content, ReadingText.Of(filing), Judged(filed, filing, publishedOn), publishedOn, sourceUrl))
        {
            Key = body.Key,
            Printed = filing.AgencyName,
            Judged = OwnWords.Of(filing.Content, filing.AgencyName),
            IsProvable = true,
        };
        return ReportAnswers.Step(step, await desk.CarryOutAsync(step, cancellation));
    }

    /// <summary>A report that is public already is judged by its day of publication too.</summary>
    private static Assessment Judged(FiledReport filed, Filing filing, DateOnly publishedOn) =>
        RuleBook.Assess(new RuleInput(filed.Id.Year, filing, filed.Around with { Publication = new Publication(publishedOn) }));

    private static Filing Filing(StepBody body)
    {
        if (body.Member("filing") is not { } member)
        {
            body.Walk.Missing("/filing");
            return new Filing(null, null, ReportContent.Empty, Disclosure.Contents.Filing.NoReadings, []);
        }
        var (filing, faults) = FilingReader.Read(member, "/filing");
        foreach (var fault in faults)
        {
            body.Walk.Add(fault.Pointer, fault.Message.Zh, fault.Message.En);
        }
        return filing;
    }

    private static DateOnly Day(StepBody body, DateOnly today)
    {
        var text = body.RequiredText("publishedOn");
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && text.Length > 0)
        {
            body.Walk.Wrong("/publishedOn", "日期（yyyy-MM-dd）", "a date (yyyy-MM-dd)");
        }
        else if (day > today)
        {
            body.Walk.Wrong("/publishedOn", "不晚于今天的日期", "a day that has come: what was published elsewhere before is brought in");
        }
        return day;
    }

    private static string Url(StepBody body)
    {
        var text = body.RequiredText("sourceUrl");
        if (text.Length > 0 && !(Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            body.Walk.Wrong("/sourceUrl", "http或https地址", "an http or https address");
        }
        return text;
    }
}
