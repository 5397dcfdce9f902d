using Disclosure.Agencies;
using Disclosure.Canonical;
using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Agencies.Steps;

/// <summary>POST /v1/agencies/{code}/renaming {name, on, reason}: the body goes by another name from a day on.</summary>
internal static class PostRenaming
{
    private const int MaxName = 200;

    public static readonly OperationContract Contract = AgencySteps.Contract(
        "rename_agency", "Give an agency another name from a day on",
        "Unlike a correction by PUT, the name it had stays in its history for the time it was right.",
        "Renaming", "The agency is renamed");

    public static async Task<IResult> HandleAsync(string code, HttpContext context, AgencyDesk desk, CancellationToken cancellation)
    {
        var precondition = Precondition.Optional(context.Request);
        var body = await StepBody.ReadAsync(context, "name", "on", "reason");
        var (name, on) = (body.RequiredText("name"), AgencySteps.Day(body, "on"));
        var reason = CommittedText.Of(body.Text("reason"), CommittedText.NewSalt);
        if (name.Length > MaxName)
        {
            body.Walk.Add("/name", $"不得超过{MaxName}个字符", $"is longer than {MaxName} characters");
        }
        if (PlainName.Fault(name) is { } fault)
        {
            body.Walk.Add("/name", fault.Zh, fault.En);
        }
        body.Finish();
        return await desk.CarryOutAsync(
            new AgencyStep(context, code, body.Key, precondition, (timeline, _) => Task.FromResult(AgencyDecider.Rename(timeline, name, on, reason))), cancellation);
    }
}
