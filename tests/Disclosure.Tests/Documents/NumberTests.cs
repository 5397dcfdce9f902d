using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Tests.Documents;

/// <summary>What is printed in a cell, and whether it is a number beyond doubt.</summary>
public class NumberTests
{
    [Theory]
    [InlineData("12", 12)]
    [InlineData(" 12 ", 12)]
    [InlineData("１２", 12)]
    [InlineData("12件", 12)]
    [InlineData("1,234", 1234)]
    [InlineData("1，234，567", 1234567)]
    [InlineData("9007199254740991", 9007199254740991)]
    [InlineData("\u00A07\u00A0", 7)]
    public void A_count_is_read_for_sure(string printed, long value)
    {
        var filing = WithPenalties(printed);
        Assert.Equal(value, filing.Cell("proactive/penalties/decisions"));
        Assert.Equal(ReadingState.Sure, filing.Reading("proactive/penalties/decisions").State);
        Assert.Equal(printed.Trim(), filing.Reading("proactive/penalties/decisions").Raw);
        Assert.Empty(filing.Reading("proactive/penalties/decisions").Candidates);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("／")]
    [InlineData("-")]
    [InlineData("—")]
    [InlineData("——")]
    [InlineData("无")]
    [InlineData("不适用")]
    [InlineData("暂无")]
    [InlineData("空")]
    public void A_way_to_print_nothing_is_blank_and_never_zero(string printed)
    {
        var filing = WithPenalties(printed);
        Assert.Null(filing.Cell("proactive/penalties/decisions"));
        Assert.Equal(ReadingState.Blank, filing.Reading("proactive/penalties/decisions").State);
        Assert.Equal(printed, filing.Reading("proactive/penalties/decisions").Raw);
    }

    [Theory]
    [InlineData("约5", new[] { 5 })]
    [InlineData("5（含上年2）", new[] { 5, 2 })]
    [InlineData("1 234", new[] { 1234 })]
    [InlineData("3元", new[] { 3 })]
    [InlineData("5.0", new[] { 5 })]
    [InlineData("007", new int[0])]
    [InlineData("1,23", new int[0])]
    [InlineData("5.5", new int[0])]
    [InlineData("-3", new int[0])]
    [InlineData("5①", new[] { 5 })]
    [InlineData("见附件", new int[0])]
    [InlineData("٣", new int[0])]
    [InlineData("9007199254740992", new int[0])]
    [InlineData("99999999999999999999999999999999", new int[0])]
    public void What_is_not_plainly_a_count_is_left_open(string printed, int[] candidates)
    {
        var filing = WithPenalties(printed);
        var reading = filing.Reading("proactive/penalties/decisions");
        Assert.Null(filing.Cell("proactive/penalties/decisions"));
        Assert.Equal(ReadingState.Uncertain, reading.State);
        Assert.Equal(printed, reading.Raw);
        Assert.Equal(candidates.Select(value => (decimal)value), reading.Candidates);
        Assert.NotNull(reading.Why);
    }

    [Theory]
    [InlineData("7730.280", "7730.28", false)]
    [InlineData("0.000001", "0.000001", false)]
    [InlineData("25.1万元", "25.1", false)]
    [InlineData("251000元", "25.1", true)]
    [InlineData("251,000元", "25.1", true)]
    [InlineData("1.2亿元", "12000", true)]
    public void An_amount_is_told_in_the_unit_of_the_form(string printed, string value, bool converted)
    {
        var filing = WithFees(printed);
        Assert.Equal(value, ReportText.Number(filing.Cell("proactive/fees/amount")!.Value));
        Assert.Equal(converted, filing.Codes().Contains("unit-converted"));
        Assert.Equal(converted || printed.EndsWith('元'), filing.Reading("proactive/fees/amount").Why is not null);
    }

    [Theory]
    [InlineData("0.0000001")]
    [InlineData("0.001元")]
    [InlineData("3件")]
    [InlineData("-5")]
    [InlineData("1234567890123456")]
    public void An_amount_that_cannot_be_kept_exactly_is_left_open(string printed)
    {
        var filing = WithFees(printed);
        Assert.Null(filing.Cell("proactive/fees/amount"));
        Assert.Equal(ReadingState.Uncertain, filing.Reading("proactive/fees/amount").State);
    }

    [Fact]
    public void A_header_that_prints_another_unit_is_believed_and_its_numbers_converted()
    {
        var report = new ReportText("2021", cell => cell.Column.Key == "amount" ? "251000" : "0");
        var header = report.Row("proactive", "本年收费金额");
        header[1] = "本年收费金额（单位：元）";
        var filing = Reports.Read(report.InTabs());
        Assert.Equal(25.1m, filing.Cell("proactive/fees/amount"));
        Assert.Contains("unit-converted", filing.Codes());
        Assert.Equal("本年收费金额（单位：元）", filing.Word("/source/labels/0/printed"));
    }

    [Theory]
    [InlineData("-8", -8)]
    [InlineData("－8", -8)]
    [InlineData("减8", -8)]
    [InlineData("增8", 8)]
    [InlineData("+8", 8)]
    [InlineData("8", 8)]
    public void Only_a_change_may_be_negative(string printed, int value)
    {
        var filing = Reports.Read(new ReportText("2019", cell => cell.Column.Signed ? printed : "0").InTabs());
        Assert.Equal(value, filing.Cell("proactive/licensing/change"));
    }

    [Theory]
    [InlineData("25.1", "25.1", true)]
    [InlineData("25.1万元", "25.1", false)]
    [InlineData("251000元", "25.1", false)]
    [InlineData("0", "0", false)]
    public void Money_without_a_printed_unit_is_kept_as_printed_and_said_so(string printed, string value, bool told)
    {
        var filing = Reports.Read(new ReportText("2019", cell => cell.Column.Key == "amount" ? printed : "0").InTabs());
        Assert.Equal(value, ReportText.Number(filing.Cell("proactive/procurement/amount")!.Value));
        Assert.Equal(told, filing.Codes().Contains("unit-not-printed"));
    }

    private static Filing WithPenalties(string printed) =>
        Reports.Read(new ReportText("2021", cell => cell.Address == new CellAddress("proactive", "penalties", "decisions") ? printed : "1").InTabs());

    private static Filing WithFees(string printed) => Reports.Read(new ReportText("2021", cell => cell.Column.Key == "amount" ? printed : "1").InTabs());
}
