using System.Text.Json;
using Disclosure.Agencies;
using Disclosure.Canonical;
using Disclosure.Compiling;
using Disclosure.Contents;
using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store.Judging;

namespace DisclosureApi.Reports.Compiling;

/// <summary>POST …/compilation {scope, members: [{agency, counted, reason}]}: the draft's figures are added up from the members' published reports, now or anew.</summary>
internal static class PostCompilation
{
    private const int MaxDecisions = 5_000;

    public static readonly OperationContract Contract = new("compile_report", "Reports", "Compile a report from those of its members, or compile it again")
    {
        Description =
            "国办公开办函〔2021〕30号 二（二）: a government of a county adds up its departments and townships, of a prefecture its departments and counties, of a province its departments and prefectures; "
            + "the head of a vertical system its line, which stays out of the regions. Figures of the draft become the sums of the members' published reports and the adjustments recorded so far; its words stay. "
            + "A draft that is not there yet is begun. members decides on single bodies against what the register says, each with a reason; left out, earlier decisions stand. "
            + "From then on the draft lives as any other.",
        Body = "CompilationRequest",
        IsStep = true,
        Answers =
        [
            new(200, "Step", "Nothing has changed since it was last compiled") { Headers = ["ETag"] },
            new(201, "Step", "The draft is compiled") { Headers = ["ETag"] },
        ],
        Problems = [400, 403, 404, 409, 412, 413, 415, 422],
        Refusals = [ProblemTypes.WrongState, ProblemTypes.NotCompiling, ProblemTypes.ImpossibleFigures, ProblemTypes.AgencyEnded, ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(
        string code, int year, HttpContext context, ReportDesk desk, FiledReports reports, CompilationSource source, CancellationToken cancellation)
    {
        var precondition = Precondition.Optional(context.Request);
        var body = await StepBody.ReadAsync(context, "scope", "members");
        var asked = Scope(body);
        var given = body.Member("members") is null ? null : body.Items("members", MaxDecisions).Select(entry => Decision(body, entry.Item, entry.At)).ToList();
        body.Finish();
        var (id, caller) = (new ReportId(code, year), Caller.Of(context)!);
        if (await reports.FindAsync(id, agency => caller.ActsOn(agency, Role.Submitter) is not null, cancellation) is not { } before)
        {
            return new Problem(ProblemTypes.NotFound);
        }
        var kept = before.Report.WorkInHand?.CompiledFrom?.Plan;
        var (sources, scope) = await source.ReadAsync(code, year, asked ?? kept?.Scope, cancellation);
        var decisions = given ?? (kept is null ? [] : DecisionsOf(kept));
        var last = (await reports.PublicAsync(id with { Year = year - 1 }, cancellation))?.Content.Content;
        var step = new Step(context, id, [Role.Submitter], filed => precondition.Check(filed.Version) ?? Check(sources, scope, year, given), (filed, actor) =>
            new ReportCommand.Compile(actor, sources.PlanOf(scope!.Value, year, decisions), Beginning(Prefill.For(year, filed.Agency.Agency.Name, last))))
        {
            Key = body.Key,
        };
        return ReportAnswers.Step(step, await desk.CarryOutAsync(step, cancellation));
    }

    private static Problem? Check(CompilationSources sources, CompilationScope? scope, int year, List<MemberDecision>? given)
    {
        if (scope is not { } chosen)
        {
            var scopes = sources.Compiler is { } compiler ? CompilationTree.ScopesOf(compiler, sources.LeadsLine) : [];
            return new Problem(ProblemTypes.NotCompiling).With("scopes", scopes.Select(one => JsonNamingPolicy.CamelCase.ConvertName(one.ToString())));
        }
        var members = sources.PlanOf(chosen, year, []).Members.Select(member => member.Agency).ToHashSet(StringComparer.Ordinal);
        List<Fault> faults =
        [
            .. from entry in (given ?? []).Index()
               where !members.Contains(entry.Item.Agency)
               select new Fault($"/members/{entry.Index}/agency", new Message("不在本级汇总的单位之列", "is not among the bodies that this compilation is about")),
        ];
        return faults.Count > 0 ? new Problem(ProblemTypes.InvalidBody).With(faults) : null;
    }

    /// <summary>What was decided when it was compiled last.</summary>
    public static IReadOnlyList<MemberDecision> DecisionsOf(CompilationPlan plan) =>
    [
        .. from member in plan.Members
           let reason = member.Decision
           where reason is not null
           select new MemberDecision(member.Agency, member.LeftOut != LeftOut.Excluded, reason),
    ];

    /// <summary>Words to begin with; what last year's figures would have told, the sums tell.</summary>
    private static Filing Beginning(Filing prefilled) =>
        prefilled with { Notes = [.. prefilled.Notes.Where(note => note.At?.StartsWith("/sections/", StringComparison.Ordinal) == true)] };

    private static CompilationScope? Scope(StepBody body)
    {
        var word = body.Text("scope");
        var scope = Enum.GetValues<CompilationScope>().Cast<CompilationScope?>().FirstOrDefault(one => JsonNamingPolicy.CamelCase.ConvertName(one.ToString()!) == word);
        if (word is not null && scope is null)
        {
            body.Walk.Wrong("/scope", "area、ownLevel或line", "area, ownLevel or line");
        }
        return scope;
    }

    private static MemberDecision Decision(StepBody body, JsonElement item, string at)
    {
        var members = body.Walk.Members(item, at, "agency", "counted", "reason");
        var (agency, reason) = (body.Walk.Text(members, "agency", at, 20) ?? "", body.Walk.Text(members, "reason", at, StepBody.MaxText) ?? "");
        if (!UnifiedCode.IsValid(agency))
        {
            body.Walk.Wrong($"{at}/agency", "统一社会信用代码", "a unified social credit code");
        }
        if (string.IsNullOrWhiteSpace(reason))
        {
            body.Walk.Missing($"{at}/reason");
        }
        if (!members.ContainsKey("counted"))
        {
            body.Walk.Missing($"{at}/counted");
        }
        return new MemberDecision(agency, body.Walk.Boolean(members, "counted", at) ?? false, new CommittedText(reason, CommittedText.NewSalt()));
    }
}
