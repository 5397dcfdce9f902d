using Disclosure.Compiling;
using Disclosure.Reports;
using DisclosureApi.Http;
using DisclosureApi.Store;
using DisclosureApi.Store.Judging;

namespace DisclosureApi.Reports.Compiling;

/// <summary>GET …/compilation: who was counted and who was not, the sums, what was adjusted, and what has changed since.</summary>
internal static class GetCompilation
{
    public static readonly OperationContract Contract = new("get_compilation", "Reports", "Read what a report was compiled from")
    {
        Description =
            "For those who may read the draft it is that of the draft; for everyone else that of the public revision, and of an earlier one with `revision`. "
            + "differences hold what was compiled against what the members have made public by now. What is not given is not zero: a cell that no member gives has no sum.",
        Filters = ["revision"],
        Answers =
        [
            new(200, "Compilation", "The compilation") { Headers = ["ETag"] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
        Problems = [400, 404, 410],
    };

    public static async Task<IResult> HandleAsync(
        string code, int year, HttpContext context, CompiledReports compiled, CompilationSource source, Actors actors, CancellationToken cancellation)
    {
        var id = new ReportId(code, year);
        var (view, problem) = await compiled.FindAsync(context, id, Revision(context.Request), cancellation);
        if (view is null)
        {
            return problem!;
        }
        var plan = view.From.Plan;
        var (sources, scope) = await source.ReadAsync(code, year, plan.Scope, cancellation);
        // A body that no longer compiles anything has no members now.
        var now = scope is null ? plan with { Members = [], Sums = new Dictionary<string, decimal>(StringComparer.Ordinal) } : sources.PlanOf(plan.Scope, year, PostCompilation.DecisionsOf(plan));
        var counted = await source.CountedAsync(plan, year, cancellation);
        var names = view.IsDraft ? await NamesAsync(view.From, actors, cancellation) : null;
        return view.Answer(CompilationJson.Bytes(view, counted, CompilationDrift.Of(plan, now), names));
    }

    public static int? Revision(HttpRequest request) => Filter.Number(request, "revision") is { } number ? (int)Math.Min(number, int.MaxValue) : null;

    /// <summary>Who recorded each adjustment, for colleagues; the public learns the reasons.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> NamesAsync(CompiledFrom from, Actors actors, CancellationToken cancellation)
    {
        List<string> ids = [.. from.Adjustments.Select(recorded => recorded.Actor).Distinct(StringComparer.Ordinal)];
        var names = await actors.NamesAsync(ids, cancellation);
        return ids.Zip(names).ToDictionary(known => known.First, known => known.Second, StringComparer.Ordinal);
    }
}
