using Disclosure.Contents;

namespace Disclosure.Rules.Examples;

/// <summary>
/// The compiled report that examples change: the clean report, added up from two members, of which the first
/// (<c>members/0</c>) has all the figures and the second none but zeros.
/// </summary>
internal static class ExampleCompilation
{
    public static Compilation Of(RuleInput input)
    {
        var agency = input.Surroundings.Agency!;
        var zeros = input.Content.Cells.Keys.Aggregate(input.Content, (content, address) => content.With(address, 0));
        return new Compilation(
        [
            Member(agency with { Code = ExampleReport.OtherAgency, Name = "云州市桂山区财政局" }, input.Year, input.Content),
            Member(agency with { Code = ExampleReport.ThirdAgency, Name = "云州市桂山区民政局" }, input.Year, zeros),
        ]);
    }

    /// <param name="path">Empty for the compilation as it is; <c>0/report</c>, <c>0/tables/…</c>, <c>0/agency/line</c>, <c>lastYear</c> …</param>
    public static Compilation Change(Compilation compilation, string path, string? value)
    {
        var parts = path.Split('/', 2);
        return parts[0] switch
        {
            "" => compilation,
            "lastYear" => compilation with { MembersLastYear = value!.Split(',') },
            "own" => compilation with { Own = ExampleChange.Change(compilation.Own ?? ReportContent.Empty, $"/{parts[1]}", value) },
            "adjustments" => compilation with
            {
                Adjustments = new Dictionary<string, decimal>(compilation.Adjustments, StringComparer.Ordinal) { [$"/{parts[1]}"] = ExampleSurroundings.Number(value)!.Value },
            },
            var index => compilation with
            {
                Members = [.. compilation.Members.Select((member, i) => i == ExampleSurroundings.Number(index) ? Change(member, parts[1], value) : member)],
            },
        };
    }

    private static Member Change(Member member, string path, string? value) => path switch
    {
        "report" => member with { Report = null },
        "compiledRevision" => member with { CompiledRevision = ExampleSurroundings.Number(value) },
        "otherParents" => member with { OtherParents = [value!] },
        _ when path.StartsWith("agency/", StringComparison.Ordinal) =>
            member with { Agency = ExampleSurroundings.Change(member.Agency, path["agency/".Length..], value) },
        _ => member with { Report = ExampleSurroundings.Change(member.Report!, path, value) },
    };

    private static Member Member(Agencies.Agency agency, int year, ReportContent content) =>
        new(agency, new KnownReport(agency.Code, agency.Name, year, 1, content));
}
