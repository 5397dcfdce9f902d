using Disclosure.Rules;

namespace Disclosure.Tests.Rules;

/// <summary>What the rules on prose say of real published reports, which stand beside the repository and not in it, and of the example that stands in it.</summary>
public class RealReportTests
{
    /// <summary>The families that look at prose; the others have their own tests.</summary>
    private static readonly string[] _families = ["TX", "CIT", "FEE", "PRI", "LNG"];

    public static TheoryData<string, string> Expected => new()
    {
        { "seeds/000_776bc07f49bcfc1e.txt", "CIT-007 FEE-002" },
        { "seeds/001_cc9cd4f8a2d4b62c.txt", "CIT-007 CIT-009 CIT-010 FEE-002 LNG-003" },
        { "seeds/002_2897d85dfebffe02.txt", "CIT-001 CIT-005 CIT-010 FEE-002 FEE-007 LNG-001" },
        { "seeds/003_64b6bf2fc080a2fe.txt", "CIT-008 CIT-010 FEE-002 LNG-001 TX-010" },
        { "seeds/004_c479c1e69f6e14a9.txt", "CIT-002 CIT-003 CIT-007 FEE-001 LNG-001 PRI-007 PRI-008" },
        { "real/hongze-2023.lines.txt", "CIT-007 FEE-002 PRI-004" },
        { "real/huaian-2024.lines.txt", "CIT-007 FEE-002 PRI-004" },
    };

    [Theory]
    [MemberData(nameof(Expected))]
    public void Real_reports_have_these_findings_and_no_other(string file, string expected)
    {
        var filing = Documents.Reports.Read(File.ReadAllText(Path.Combine(Repository.Shared(file.Split('/')[0]), file.Split('/')[1])));
        var codes = RuleBook.Assess(new RuleInput(filing.Year!.Value, filing, Surroundings.Unknown)).Findings
            .Select(finding => finding.Code).Where(code => _families.Contains(code.Split('-')[0])).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(expected, string.Join(' ', codes));
    }

    [Fact]
    public void The_example_of_the_tour_has_no_finding_on_its_prose()
    {
        var filing = Documents.Reports.Read(File.ReadAllText(Path.Combine(Repository.Root, "openapi", "examples", "report-2023.txt")));

        Assert.Equal([], RuleBook.Assess(new RuleInput(2023, filing, Surroundings.Unknown)).Findings.Select(finding => finding.Code).Where(code => _families.Contains(code.Split('-')[0])));
    }
}
