using Disclosure.Contents;

namespace Disclosure.Tests.Documents;

/// <summary>Tables that are not as the form prints them: what can still be told, and what is left open.</summary>
public class TableDoubtTests
{
    [Fact]
    public void Blanks_inside_a_row_are_placed_by_the_complete_rows_around_it()
    {
        var report = new ReportText("2021", cell => "3");
        Values(report, "2.重复申请", ["", "5", "", "", "", "", "5"]);
        report.Row("applications", "2.重复申请").Add("");

        var filing = Reports.Read(report.InTabs());

        Assert.Equal(5, filing.Cell("applications/unprocessed.repeated/enterprise"));
        Assert.Equal(5, filing.Cell("applications/unprocessed.repeated/total"));
        Assert.Equal(ReadingState.Blank, filing.Reading("applications/unprocessed.repeated/naturalPerson").State);
    }

    [Fact]
    public void A_row_that_fits_in_two_places_and_has_no_neighbour_to_ask_is_left_open_with_both()
    {
        var report = new ReportText("2021", cell => "3");
        var row = report.Row("applications", "（七）总计");
        row.RemoveRange(0, row.Count);
        row.AddRange(["（七）总计", "", "2", "4", "", "", "", "6", "", ""]);

        var filing = Reports.Read(report.InTabs());

        var reading = filing.Reading("applications/totalHandled/naturalPerson");
        Assert.Equal(ReadingState.Uncertain, reading.State);
        Assert.Contains(2m, reading.Candidates);
        Assert.DoesNotContain(filing.Content.Cells, cell => cell.Key.Row == "totalHandled");
        Assert.Contains("row-unclear", filing.Codes());
    }

    [Fact]
    public void Numbers_torn_from_their_label_are_offered_and_not_taken()
    {
        var report = new ReportText("2021", cell => "3");
        var rows = report.Tables["applications"];
        var row = report.Row("applications", "2.重复申请");
        rows.Insert(rows.IndexOf(row) + 1, ["", "", "", "5", "0", "0", "0", "0", "0", "5"]);
        Values(report, "2.重复申请", ["", "", "", "", "", "", ""]);

        var filing = Reports.Read(report.InTabs());

        Assert.Equal(ReadingState.Uncertain, filing.Reading("applications/unprocessed.repeated/total").State);
        Assert.Contains(5m, filing.Reading("applications/unprocessed.repeated/total").Candidates);
        Assert.Contains("extra-row", filing.Codes());
    }

    [Theory]
    [InlineData("6.其他")]
    [InlineData("其他")]
    public void A_row_called_other_below_another_span_is_not_other_handling(string label)
    {
        var report = new ReportText("2021", cell => "3");
        var rows = report.Tables["applications"];
        rows.Insert(rows.IndexOf(report.Row("applications", "（六）其他处理")), ["", "", label, "8", "0", "0", "0", "0", "0", "8"]);

        var filing = Reports.Read(report.InCells());

        Assert.Equal(3, filing.Cell("applications/otherHandling.other/total"));
        Assert.Contains("extra-row", filing.Codes());
    }

    [Fact]
    public void Too_many_values_are_not_forced_into_seven_columns()
    {
        var report = new ReportText("2021", cell => "3");
        report.Row("applications", "2.重复申请").Add("9");
        var filing = Reports.Read(report.InTabs());
        Assert.Equal(ReadingState.Uncertain, filing.Reading("applications/unprocessed.repeated/total").State);
        Assert.Equal(3, filing.Cell("applications/unprocessed.publication/total"));
    }

    [Fact]
    public void A_row_that_lost_a_cell_is_left_open()
    {
        var report = new ReportText("2021", cell => "3");
        report.Row("applications", "2.重复申请").RemoveAt(9);
        var filing = Reports.Read(report.InCells());
        Assert.All(filing.Readings.Where(reading => reading.Key.Contains("unprocessed.repeated", StringComparison.Ordinal)), reading => Assert.Equal(ReadingState.Uncertain, reading.Value.State));
    }

    [Fact]
    public void A_row_printed_twice_with_different_values_is_left_open_with_both()
    {
        var report = new ReportText("2021", cell => "3");
        var rows = report.Tables["proactive"];
        var penalties = report.Row("proactive", "行政处罚");
        rows.Insert(rows.IndexOf(penalties) + 1, ["行政处罚", "8", "", ""]);

        var filing = Reports.Read(report.InTabs());

        Assert.Null(filing.Cell("proactive/penalties/decisions"));
        Assert.Equal([3m, 8m], filing.Reading("proactive/penalties/decisions").Candidates);
        Assert.Contains("row-repeated", filing.Codes());
    }

    [Fact]
    public void A_row_printed_twice_alike_is_read_once()
    {
        var report = new ReportText("2021", cell => "3");
        report.Tables["proactive"].Add(["行政事业性收费", "3", "", ""]);
        Assert.Equal(3, Reports.Read(report.InTabs()).Cell("proactive/fees/amount"));
    }

    [Fact]
    public void A_row_of_the_agencys_own_is_told_and_never_taken_for_another()
    {
        var report = new ReportText("2019", cell => "3");
        var rows = report.Tables["proactive"];
        rows.Insert(rows.IndexOf(report.Row("proactive", "规范性文件")) + 1, ["其他主动公开文件", "71", "72", "73"]);

        var filing = Reports.Read(report.InTabs());

        Assert.DoesNotContain(filing.Content.Cells, cell => cell.Value > 70);
        Assert.Contains("其他主动公开文件", filing.Notes.Single(note => note.Code == "extra-row").Messages.Zh, StringComparison.Ordinal);
        Assert.Equal(198, filing.Content.Cells.Count);
    }

    [Fact]
    public void A_missing_row_is_absent_cell_by_cell_and_told_once()
    {
        var report = new ReportText("2021", cell => "3");
        report.Tables["applications"].Remove(report.Row("applications", "8.属于行政查询事项"));

        var filing = Reports.Read(report.InCells());

        Assert.Equal(7, filing.Readings.Values.Count(reading => reading.State == ReadingState.Absent));
        Assert.Equal("/tables/applications/refused.statutoryInquiry", filing.Notes.Single(note => note.Code == "row-missing").At);
        Assert.Equal(193, filing.Content.Cells.Count);
    }

    [Fact]
    public void A_label_with_a_slip_is_told_by_its_place_and_words()
    {
        var report = new ReportText("2021", cell => "3");
        var row = report.Row("applications", "2.其他法律行政法规禁止公开");
        row[2] = "2.其他法律行政止公开";

        var filing = Reports.Read(report.InTabs());

        Assert.Equal(3, filing.Cell("applications/refused.prohibitedByLaw/total"));
        Assert.Equal(("/tables/applications/refused.prohibitedByLaw", "2.其他法律行政止公开"), (filing.Word("/source/labels/0/at")!, filing.Word("/source/labels/0/printed")!));
    }

    [Theory]
    [InlineData("行政许可", "⾏政许可")]
    [InlineData("行政许可", "行 政 许　可​")]
    [InlineData("3.其他", "3、其他")]
    [InlineData("3.其他", "３．其他")]
    [InlineData("3.其他", "⒊其他")]
    [InlineData("（七）总计", "(七) 总 计")]
    [InlineData("（七）总计", "㈦总计")]
    [InlineData("危及", "3.危及\"三安全一稳定\"")]
    [InlineData("四、结转", "四.结转下年度继续办理")]
    public void A_label_typed_otherwise_is_the_same_label(string official, string typed)
    {
        var report = new ReportText("2021", cell => "3");
        var row = report.Tables.Values.SelectMany(rows => rows).First(cells => cells.Exists(cell => cell.Contains(official, StringComparison.Ordinal)));
        row[row.FindIndex(cell => cell.Contains(official, StringComparison.Ordinal))] = typed;

        var filing = Reports.Read(report.InTabs());

        Assert.Equal(200, filing.Content.Cells.Count);
        Assert.DoesNotContain("label-differs", filing.Codes());
    }

    private static void Values(ReportText report, string label, string[] values)
    {
        var row = report.Row("applications", label);
        row.RemoveRange(3, 7);
        row.AddRange(values);
    }
}
