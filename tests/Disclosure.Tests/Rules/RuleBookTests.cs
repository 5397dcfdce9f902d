using System.Text.RegularExpressions;
using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Rules;
using Disclosure.Rules.Examples;

namespace Disclosure.Tests.Rules;

public class RuleBookTests
{
    private static readonly CellAddress GrantedTotal = new("applications", "granted", "total");
    private static readonly CellAddress GrantedNatural = new("applications", "granted", "naturalPerson");

    [Theory]
    [InlineData("2021", 2023)]
    [InlineData("2019", 2020)]
    public void An_all_zero_report_has_no_error(string form, int year)
    {
        var whole = Samples.Whole(KnownFormats.ByKey(form), year);
        var zeros = whole.Cells.Keys.Aggregate(whole, (content, address) => content.With(address, 0))
            .With("/sections/overview", Zeros(whole.Section("overview")!)).With("/sections/otherMatters", Zeros(whole.Section("otherMatters")!));

        var findings = RuleBook.Assess(new RuleInput(year, Samples.Filing(year) with { Content = zeros }, Surroundings.Unknown)).Findings;

        Assert.Equal(["XY-005"], findings.Select(finding => finding.Code));
    }

    [Fact]
    public void A_wrong_cell_breaks_its_row_and_its_column_and_is_the_only_hint()
    {
        var right = Samples.Whole();
        var wrong = right.With(GrantedNatural, right.Cell(GrantedNatural)!.Value + 5);

        var findings = Findings(wrong, 2023);

        Assert.Equal(["T3-002", "T3-003"], findings.Select(finding => finding.Code));
        Assert.All(findings, finding => Assert.Equal([new Hint(GrantedNatural.Pointer, right.Cell(GrantedNatural)!.Value)], finding.Hints));
    }

    [Fact]
    public void A_sum_tells_what_is_stated_what_is_computed_and_the_difference()
    {
        var right = Samples.Whole();
        var total = new CellAddress("disputes", "litigation", "total");

        var finding = Assert.Single(Findings(right.With(total, right.Cell(total)!.Value - 3), 2023));

        Assert.Equal((right.Cell(total) - 3, right.Cell(total), -3m), (finding.Stated, finding.Computed, finding.Difference));
        Assert.Equal(total.Pointer, finding.Pointers[0]);
        Assert.Contains(new Hint(total.Pointer, right.Cell(total)!.Value), finding.Hints);
    }

    [Fact]
    public void Each_failing_column_and_row_is_a_finding_of_its_own()
    {
        var content = Format2021.Value.Table("applications").Blocks[0].Columns.Aggregate(Samples.Whole(), (all, column) =>
            all.With(new CellAddress("applications", "carriedOver", column.Key), 9_999));

        var findings = Findings(content, 2023);

        Assert.Equal(7, findings.Count(finding => finding.Code == "T3-001"));
        Assert.Single(findings, finding => finding.Code == "T3-003");
    }

    [Fact]
    public void A_sum_with_an_unknown_part_is_not_judged() =>
        Assert.DoesNotContain(
            Findings(Samples.Whole().Without(GrantedNatural).With(GrantedTotal, 0), 2023),
            finding => finding.Code == "T3-003" && finding.Pointers.Contains(GrantedTotal.Pointer));

    [Fact]
    public void A_row_that_the_document_left_empty_is_blank_and_one_that_it_lacks_is_missing()
    {
        var row = Format2021.Value.Table("applications").Cells.Where(cell => cell.Row.Key == "refused.stateSecret").Select(cell => cell.Address).ToList();
        var content = row.Aggregate(Samples.Whole(), (all, address) => all.Without(address));
        var blank = row.ToDictionary(address => address.Pointer, _ => new Reading(ReadingState.Blank, "/", 1, 1, [], null));

        Assert.Equal("STR-009", Assert.Single(Findings(content, 2023)).Code);
        var finding = Assert.Single(RuleBook.Assess(new RuleInput(2023, Samples.Filing() with { Content = content, Readings = blank }, Clean(2023))).Findings);
        Assert.Equal(("T3-005", Severity.WaivableError, 7), (finding.Code, finding.Severity, finding.Pointers.Count));
    }

    [Fact]
    public void Mixed_forms_are_told_once_and_not_again_row_by_row()
    {
        var old = Samples.Whole(Format2019.Value);
        var mixed = old.Cells.Where(cell => cell.Key.Table == "applications").Aggregate(
            Samples.Whole().Cells.Keys.Where(address => address.Table == "applications").Aggregate(Samples.Whole(), (all, address) => all.Without(address)),
            (all, cell) => all.With(cell.Key, cell.Value)).With("/forms/applications", "2019");

        Assert.Equal("STR-008", Assert.Single(Findings(mixed, 2023), finding => finding.Severity is Severity.Error or Severity.WaivableError).Code);
    }

    [Fact]
    public void Without_a_stated_form_the_cells_themselves_tell_which_one_it_is()
    {
        ReportContent Old(int year) => KnownFormats.TableKeys.Aggregate(Samples.Whole(Format2019.Value, year), (all, table) => all.With($"/forms/{table}", null));

        Assert.Empty(Findings(Old(2020), 2020));
        Assert.Equal("STR-005", Assert.Single(Findings(Old(2022), 2022), finding => finding.Severity == Severity.Error).Code);
    }

    [Fact]
    public void A_negative_change_is_legal_in_the_2019_form_and_nowhere_else()
    {
        var change = new CellAddress("proactive", "licensing", "change");

        Assert.Empty(Findings(Samples.Whole(Format2019.Value, 2019).With(change, -8), 2019));
    }

    /// <summary>The words of a report whose figures are all 0.</summary>
    private static string Zeros(string words) => Regex.Replace(words, "[0-9]+(?<unit>件|元)", "0${unit}", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static IReadOnlyList<Finding> Findings(ReportContent content, int year) =>
        RuleBook.Assess(new RuleInput(year, Samples.Filing(year) with { Content = content }, Clean(year))).Findings;

    private static Surroundings Clean(int year) => ExampleReport.For(year, KnownFormats.ForYear(year)!).Surroundings;
}
