using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Reports;
using DisclosureApi.Http;
using DisclosureApi.Store.Judging;

namespace DisclosureApi.Reports.Compiling;

/// <summary>GET …/compilation/cells/{cell}: which members give which share of one compiled figure.</summary>
internal static class GetCompiledCell
{
    public static readonly OperationContract Contract = new("get_compiled_cell", "Reports", "Read which members a compiled figure comes from")
    {
        Description =
            "cell is a cell's pointer without its first part, such as applications/received/total; that with /tables before it, and applications.received.total, mean the same. "
            + "Every counted member is told, the largest share first, with the revision that was added up; one that does not give the cell has the value null.",
        Filters = ["revision"],
        Answers =
        [
            new(200, "CompiledCell", "The cell") { Headers = ["ETag"] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
        Problems = [400, 404, 410],
    };

    public static async Task<IResult> HandleAsync(
        string code, int year, string cell, HttpContext context, CompiledReports compiled, CompilationSource source, CancellationToken cancellation)
    {
        var (view, problem) = await compiled.FindAsync(context, new ReportId(code, year), GetCompilation.Revision(context.Request), cancellation);
        if (view is null)
        {
            return problem!;
        }
        if (CellName.Parse(cell, view.From.Plan.Format) is not { } address)
        {
            return new Problem(ProblemTypes.NotFound);
        }
        return view.Answer(Written(view, address, await source.CountedAsync(view.From.Plan, year, cancellation)));
    }

    private static byte[] Written(CompilationView view, CellAddress address, IReadOnlyDictionary<string, ReportContent> counted) => Json.Bytes(writer =>
    {
        var plan = view.From.Plan;
        var shares = plan.Counted.Select(member => (Member: member, Value: counted.GetValueOrDefault(member.Agency)?.Cell(address)))
            .OrderBy(share => share.Value is null).ThenByDescending(share => share.Value).ThenBy(share => share.Member.Agency, StringComparer.Ordinal).ToList();
        writer.WriteStartObject();
        AgencySummary.Write(writer, view.Agency);
        writer.WriteNumber("year", view.Id.Year);
        CompilationJson.WriteFigure(writer, view, address.Pointer, shares.Count(share => share.Value is not null), shares.Count);
        decimal? sum = plan.Sums.TryGetValue(address.Pointer, out var compiled) ? compiled : null;
        writer.WriteStartArray("shares");
        foreach (var (member, value) in shares)
        {
            writer.WriteStartObject();
            AgencySummary.Write(writer, member.Body);
            writer.WriteNumber("revision", member.Revision!.Value);
            CompilationJson.WriteNumber(writer, "value", value);
            CompilationJson.WriteNumber(writer, "percent", sum is > 0 ? ReportContent.Normalised(decimal.Round((value ?? 0) * 100 / sum.Value, 2, MidpointRounding.AwayFromZero)) : null);
            writer.WriteString("report", Links.Revision(new ReportId(member.Agency, view.Id.Year), member.Revision.Value));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        CompilationJson.WriteAdjustments(writer, view.From.Adjustments.Where(recorded => recorded.Adjustment.Cell == address.Pointer), null);
        writer.WriteEndObject();
    });
}
