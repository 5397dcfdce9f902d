using Disclosure.Agencies;
using Disclosure.Compiling;
using Disclosure.Contents;
using Disclosure.Formats;
using FsCheck;
using FsCheck.Fluent;

namespace Disclosure.Tests.Compiling;

/// <summary>A made-up register of any shape, well kept or not, with what its bodies have made public.</summary>
internal static class CompilationWorld
{
    public const int Year = 2023;

    public static readonly ReportFormat Form = Format2021.Value;

    private static readonly string[] _regions = ["990000", "990100", "990101", "990102", "990200", "990201", "110101", "990102001"];

    private static readonly CellAddress[] _cells = [.. CompiledSums.CellsOf(Form).Select(cell => cell.Address)];

    /// <summary>Bodies of any level, kind and place, some in lines, some that ended, some that lead others.</summary>
    public static Gen<IReadOnlyList<Candidate>> Registers { get; } =
        from count in Gen.Choose(1, 30)
        from bodies in Gen.CollectToList(Enumerable.Range(1, count), Body)
        from reports in Gen.CollectToList(bodies, CandidateOf)
        select (IReadOnlyList<Candidate>)reports;

    public static Gen<ReportContent> Figures { get; } =
        from given in Gen.Choose(0, 6)
        from cells in Gen.ArrayOf(Gen.Elements(_cells), given)
        from values in Gen.ArrayOf(Gen.Choose(0, 1_000), given)
        from isOfOtherForm in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        select cells.Zip(values).Aggregate(ReportContent.Empty.With("/forms/proactive", isOfOtherForm ? "2019" : "2021"), (content, cell) => content.With(cell.First, cell.Second));

    public static Agency Agency(int number, string region, AgencyLevel level, AgencyKind kind, string? line = null) =>
        new(Samples.CodeOf(number), $"机关{number}", region, level, kind, Samples.Office, line, new DateOnly(2019, 1, 1), null, []);

    public static Candidate Candidate(Agency body, int? received = null, int revision = 1) =>
        new(body, received is { } total ? new PublicReport(revision, ReportContent.Empty.With(new CellAddress("applications", "received", "total"), total)) : null);

    private static Gen<Agency> Body(int number) =>
        from region in Gen.Elements(_regions)
        from level in Gen.Elements(Enum.GetValues<AgencyLevel>())
        from kind in Gen.Elements(AgencyKind.Government, AgencyKind.Government, AgencyKind.Department, AgencyKind.Office, AgencyKind.Township)
        from line in Gen.Frequency((4, Gen.Constant<string?>(null)), (1, Gen.Choose(1, 30).Select(head => (string?)Samples.CodeOf(head))))
        from ended in Gen.Frequency((4, Gen.Constant<DateOnly?>(null)), (1, Gen.Elements<DateOnly?>(new(2022, 6, 30), new(2023, 6, 30), new(2023, 12, 31), new(2024, 6, 30))))
        from successor in Gen.Choose(0, 30)
        select Agency(number, region, level, kind, line) with { ValidTo = ended, Successors = ended is not null && successor > 0 ? [Samples.CodeOf(successor)] : [] };

    private static Gen<Candidate> CandidateOf(Agency body) =>
        from content in Figures
        from standing in Gen.Frequency((6, Gen.Constant("public")), (1, Gen.Constant("none")), (1, Gen.Constant("withdrawn")))
        from owes in Gen.Elements<bool?>(null, null, true, false)
        select new Candidate(body, standing == "public" ? new PublicReport(1, content) : null) { IsWithdrawn = standing == "withdrawn", Owes = owes };
}
