using System.Text.Json;
using Disclosure.Contents;
using Disclosure.Documents;
using Disclosure.Rules;

namespace Disclosure.Tests.Rules;

/// <summary>Real published reports, which stand beside the repository and not in it, get the findings that people who read them had.</summary>
public class SharedReportTests
{
    private static readonly string[] _families = ["STR-", "T2-", "T3-", "T4-", "XY-", "PUB-", "AGG-", "ID-001", "ID-002", "ID-003", "ID-007", "ID-008", "ID-011", "ID-013"];

    [Theory]
    [InlineData("000_776bc07f49bcfc1e", "", "STR-017 ID-011")]
    [InlineData("001_cc9cd4f8a2d4b62c", "STR-011 ID-008", "ID-011")]
    [InlineData("002_2897d85dfebffe02", "STR-005 STR-003 STR-003 STR-013", "STR-004 STR-017")]
    [InlineData("003_64b6bf2fc080a2fe", "STR-019", "STR-017")]
    [InlineData("004_c479c1e69f6e14a9", "STR-008 STR-003 STR-003 STR-013 ID-001", "STR-017 ID-011")]
    public void A_seed_gets_the_findings_of_its_readers(string name, string asking, string told)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Shared("seeds"), $"{name}.txt"));
        var filing = Assert.IsType<ReadResult.Report>(ReportReader.Read(PlainText.Read(text))).Filing;
        var findings = Findings(filing);

        Assert.Equal(Sorted(asking), findings.Where(finding => finding.Severity != Severity.Info).Select(finding => finding.Code).Order(StringComparer.Ordinal));
        Assert.Equal(Sorted($"{told} XY-005"), findings.Where(finding => finding.Severity == Severity.Info).Select(finding => finding.Code).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("hongze-2023", "2019", "STR-008 T4-001 T4-001")]
    [InlineData("huaian-2024", "2021", "")]
    public void A_real_report_has_the_errors_that_its_figures_have_and_no_other(string name, string form, string errors)
    {
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Shared("real"), $"{name}.expected.json")));
        var content = Samples.Whole().Words.Aggregate(ReportContent.Empty, (all, word) => all.With(word.Key, word.Value)).With("/forms/applications", form);
        content = Documents.Reports.Cells(expected.RootElement.GetProperty("tables")).Aggregate(content, (all, cell) => cell.Value is { } value ? all.With(cell.Key, value) : all);
        var year = expected.RootElement.GetProperty("year").GetInt32();
        var filing = new Filing(Samples.AgencyName, year, Samples.InYear(content, year), Filing.NoReadings, []);

        Assert.Equal(Sorted(errors), Findings(filing).Where(finding => finding.Severity is Severity.Error or Severity.WaivableError).Select(finding => finding.Code).Order(StringComparer.Ordinal));
    }

    private static List<Finding> Findings(Filing filing) =>
        [.. RuleBook.Assess(new RuleInput(filing.Year!.Value, filing, Surroundings.Unknown)).Findings
            .Where(finding => _families.Any(family => finding.Code.StartsWith(family, StringComparison.Ordinal)))];

    private static IEnumerable<string> Sorted(string codes) => codes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);
}
