using Disclosure.Formats;
using Disclosure.Reports;

namespace Disclosure.Tests.Reports;

public class PrefillTests
{
    private static readonly CellAddress InForce = new("proactive", "normativeDocuments", "inForce");

    [Fact]
    public void What_was_carried_over_is_carried_in_and_what_was_in_force_is_gone_on_from()
    {
        var last = Samples.Whole(Format2021.Value, 2022).With(new CellAddress("applications", "carriedOver", "enterprise"), 7).With(InForce, 42).With("/contact/telephone", "0000-1234567");

        var filing = Prefill.For(2023, Samples.AgencyName, last);

        Assert.Equal((7m, 42m), (filing.Content.Cell(new("applications", "carriedIn", "enterprise")), filing.Content.Cell(InForce)));
        Assert.Equal("0000-1234567", filing.Content.Word("/contact/telephone"));
        Assert.Equal(last.Section("preamble"), filing.Content.Section("preamble"));
        Assert.Null(filing.Content.Cell(new("applications", "received", "total")));
        Assert.Equal($"{Samples.AgencyName}2023年政府信息公开工作年度报告", filing.Content.Title);
        Assert.All(filing.Notes, note => Assert.NotNull(note.At));
    }

    [Fact]
    public void The_first_report_of_a_new_form_goes_on_from_no_count_of_the_old_one()
    {
        var filing = Prefill.For(2021, Samples.AgencyName, Samples.Whole(Format2019.Value, 2020).With(new CellAddress("applications", "carriedOver", "total"), 3));

        Assert.Equal(3, filing.Content.Cell(new("applications", "carriedIn", "total")));
        Assert.DoesNotContain(filing.Content.Cells.Keys, cell => cell.Table == "proactive");
        Assert.Equal("2021", filing.Content.Word("/forms/proactive"));
        Assert.Contains(filing.Notes, note => note.Code == "prefill-new-form");
    }

    [Fact]
    public void Items_of_the_older_form_go_on_from_last_years_number_and_its_change()
    {
        var last = Samples.Whole(Format2019.Value, 2019).With(new CellAddress("proactive", "fees", "previousItems"), 12).With(new CellAddress("proactive", "fees", "change"), -5);

        Assert.Equal(7, Prefill.For(2020, Samples.AgencyName, last).Content.Cell(new("proactive", "fees", "previousItems")));
    }

    [Fact]
    public void Without_a_report_of_last_year_there_is_the_form_to_begin_with()
    {
        var filing = Prefill.For(2023, Samples.AgencyName, null);

        Assert.Equal(("2023-01-01", "2023-12-31", "2021"), (filing.Content.Word("/period/from"), filing.Content.Word("/period/to"), filing.Content.Word("/forms/disputes")));
        Assert.Empty(filing.Content.Cells);
    }
}
