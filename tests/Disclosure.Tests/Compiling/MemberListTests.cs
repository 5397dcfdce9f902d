using Disclosure.Agencies;
using Disclosure.Canonical;
using Disclosure.Compiling;
using Disclosure.Contents;
using Disclosure.Formats;
using static Disclosure.Tests.Compiling.CompilationWorld;

namespace Disclosure.Tests.Compiling;

/// <summary>Who is added up by whom, and why others are not.</summary>
public class MemberListTests
{
    private static readonly Agency County = Agency(1, "990102", AgencyLevel.County, AgencyKind.Government);
    private static readonly Agency City = Agency(2, "990100", AgencyLevel.Prefecture, AgencyKind.Government);
    private static readonly Agency Province = Agency(3, "990000", AgencyLevel.Province, AgencyKind.Government);
    private static readonly Agency Department = Agency(4, "990102", AgencyLevel.County, AgencyKind.Department);
    private static readonly Agency Township = Agency(5, "990102001", AgencyLevel.Township, AgencyKind.Township);
    private static readonly Agency CityDepartment = Agency(6, "990100", AgencyLevel.Prefecture, AgencyKind.Department);
    private static readonly Agency Tax = Agency(7, "990102", AgencyLevel.County, AgencyKind.Department, Samples.CodeOf(8));
    private static readonly Agency TaxHead = Agency(8, "990000", AgencyLevel.Province, AgencyKind.Department);
    private static readonly Agency Beyond = Agency(9, "110101", AgencyLevel.County, AgencyKind.Government);
    private static readonly Agency Capital = Agency(10, "110000", AgencyLevel.Province, AgencyKind.Government);

    private static readonly IReadOnlyList<Agency> Everyone = [County, City, Province, Department, Township, CityDepartment, Tax, TaxHead, Beyond, Capital];

    [Fact]
    public void Level_by_level_each_government_adds_up_what_is_right_below_it_and_a_line_adds_up_its_own()
    {
        Assert.Equal([Department, Township], Counted(County, CompilationScope.Area));
        Assert.Equal([Department], Counted(County, CompilationScope.OwnLevel));
        Assert.Equal([County, CityDepartment], Counted(City, CompilationScope.Area));
        Assert.Equal([City, TaxHead], Counted(Province, CompilationScope.Area));
        Assert.Equal([Tax], Counted(TaxHead, CompilationScope.Line));
        Assert.Equal([Beyond], Counted(Capital, CompilationScope.Area));
        Assert.Empty(CompilationTree.ScopesOf(Department, leadsLine: false));
        Assert.Empty(CompilationTree.ScopesOf(Township, leadsLine: false));
        Assert.Equal([CompilationScope.Line], CompilationTree.ScopesOf(TaxHead, leadsLine: true));
    }

    [Fact]
    public void Each_reason_is_told_for_the_body_it_is_true_of()
    {
        var merged = Department with { ValidTo = new DateOnly(2023, 6, 30), Successors = [Township.Code] };
        var whole = new PublicReport(2, ReportContent.Empty.With(new CellAddress("applications", "received", "total"), 3));

        Assert.Equal(LeftOut.NotPublished, Reason(new Candidate(Department, null)));
        Assert.Equal(LeftOut.Withdrawn, Reason(new Candidate(Department, null) { IsWithdrawn = true }));
        Assert.Equal(LeftOut.Exempt, Reason(new Candidate(Department, null) { Owes = false }));
        Assert.Equal(LeftOut.NotAssessable, Reason(new Candidate(Department, new PublicReport(1, ReportContent.Empty))));
        Assert.Equal(LeftOut.OtherForm, Reason(new Candidate(Department, whole with { Content = whole.Content.With(new CellAddress("applications", "otherHandling", "total"), 1) })));
        Assert.Equal(LeftOut.OtherForm, Reason(new Candidate(Department, whole with { Content = whole.Content.With("/forms/proactive", "2019") })));
        Assert.Equal(LeftOut.VerticalLine, Reason(new Candidate(Tax, whole)));
        Assert.Equal(LeftOut.VerticalLine, Reason(new Candidate(Department, whole) { Scope = CompilationScope.Line }));
        Assert.Equal(LeftOut.Succeeded, Reason(new Candidate(merged, whole)));
        Assert.Equal(LeftOut.Dissolved, Reason(new Candidate(merged with { Successors = [] }, null)));
        Assert.Equal(LeftOut.CountedElsewhere, Reason(new Candidate(Department, whole) { CountedBy = ["云州市"] }));
        Assert.Null(Reason(new Candidate(merged with { ValidTo = new DateOnly(2023, 12, 31) }, whole)));
        Assert.Null(Reason(new Candidate(merged with { Successors = [] }, whole)));
        Assert.Null(Reason(new Candidate(Department, whole with { Content = whole.Content.With("/forms/disputes", "2019") })));
        Assert.Null(Reason(new Candidate(Department, whole) { Owes = false }));
    }

    [Fact]
    public void The_compiling_body_decides_with_a_reason_but_cannot_count_what_is_not_there()
    {
        var merged = Candidate(Department with { ValidTo = new DateOnly(2023, 6, 30), Successors = [Township.Code] }, received: 4);

        Assert.Null(Reason(merged, isCounted: true));
        Assert.Null(Reason(Candidate(Tax, received: 4), isCounted: true));
        Assert.Equal(LeftOut.Excluded, Reason(Candidate(Department, received: 4), isCounted: false));
        Assert.Equal(LeftOut.NotPublished, Reason(Candidate(Department), isCounted: true));
    }

    private static IEnumerable<Agency> Counted(Agency compiler, CompilationScope scope) =>
        CompilationPlan.Of(compiler, scope, Year, 1, Everyone.Select(body => Candidate(body, received: 1)), []).Counted.Select(member => Everyone.Single(body => body.Code == member.Agency))
            .OrderBy(body => Everyone.ToList().IndexOf(body));

    private static LeftOut? Reason(Candidate candidate, bool? isCounted = null) => Assert.Single(MemberList.Of(
        County, CompilationScope.Area, Year, [candidate],
        isCounted is { } counted ? [new MemberDecision(candidate.Body.Code, counted, new CommittedText("核定", CommittedText.NewSalt()))] : [])).Member.LeftOut;
}
