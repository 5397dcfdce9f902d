using Disclosure.Contents;

namespace Disclosure.Tests.Documents;

/// <summary>Columns and tables that are not as the form prints them.</summary>
public class ColumnDoubtTests
{
    [Fact]
    public void Columns_in_another_order_are_read_by_their_headers()
    {
        var report = new ReportText("2021", cell => cell.Column.Key switch { "made" => "1", "repealed" => "2", "inForce" => "3", "enterprise" => "4", "researchInstitution" => "5", _ => "9" });
        Swap(report.Tables["proactive"].Take(4).Skip(1), 1, 3);
        Swap(report.Tables["applications"].Skip(2), 4, 5);

        var filing = Reports.Read(report.InTabs());

        Assert.Equal((1m, 3m), (filing.Cell("proactive/governmentRules/made")!.Value, filing.Cell("proactive/governmentRules/inForce")!.Value));
        Assert.Equal((4m, 5m), (filing.Cell("applications/received/enterprise")!.Value, filing.Cell("applications/received/researchInstitution")!.Value));
        Assert.Equal(2, filing.Codes().Count(code => code == "header-reordered"));
        Assert.DoesNotContain("label-differs", filing.Codes());
    }

    [Fact]
    public void Without_headers_the_columns_are_taken_in_the_forms_order_and_that_is_told()
    {
        var report = new ReportText("2021", cell => cell.Column.Key == "repealed" ? "2" : "1");
        report.Tables["proactive"].RemoveAll(row => row[0] == "信息内容");
        report.Tables["applications"].RemoveRange(0, 3);
        report.Tables["disputes"].RemoveAt(2);

        var filing = Reports.Read(report.InTabs());

        Assert.Equal(2, filing.Cell("proactive/governmentRules/repealed"));
        Assert.Equal(200, filing.Content.Cells.Count);
        Assert.Superset(new HashSet<string?> { "/tables/applications", "/tables/disputes", "/tables/proactive/fees" },
            filing.Notes.Where(note => note.Code == "header-missing").Select(note => note.At).ToHashSet());
    }

    /// <summary>The label as the form has it begins with the first part; the agency prints the second.</summary>
    [Theory]
    [InlineData("applications", "（二）部分公开", "（二）部分公开", "applications/partiallyGranted/total")]
    [InlineData("applications", "一、本年新收", "一、本年新收申请数量", "applications/received/total")]
    [InlineData("applications", "四、结转下年度", "四、结转下年度", "applications/carriedOver/total")]
    [InlineData("applications", "（七）总计", "（七）合计", "applications/totalHandled/total")]
    [InlineData("proactive", "行政许可", "行政许可（件）", "proactive/licensing/decisions")]
    public void A_row_whose_label_leaves_words_out_is_that_row(string table, string official, string printed, string cell)
    {
        var report = new ReportText("2021", cell => "3");
        var row = report.Tables[table].Single(row => row.Any(text => text.StartsWith(official, StringComparison.Ordinal)));
        row[row.FindIndex(text => text.StartsWith(official, StringComparison.Ordinal))] = printed;

        var filing = Reports.Read(report.InTabs());

        Assert.Equal(3, filing.Cell(cell));
        Assert.Equal(200, filing.Content.Cells.Count);
    }

    [Theory]
    [InlineData("本年收费金额（单位：元）", 96.1716)]
    [InlineData("本年收费金额（单位：元，含减免）", 96.1716)]
    [InlineData("本年收费金额 单位：元", 96.1716)]
    [InlineData("本年收费金额 元", 96.1716)]
    [InlineData("本年收费金额（单位：千元）", 96171.6)]
    [InlineData("本年收费金额（单位：万元）", 961716)]
    public void The_fees_are_converted_from_the_unit_that_the_header_prints(string header, double amount)
    {
        var report = new ReportText("2021", cell => cell.Column.Key == "amount" ? "961716" : "3");
        var row = report.Tables["proactive"].Single(row => row.Any(text => text.StartsWith("本年收费金额", StringComparison.Ordinal)));
        row[row.FindIndex(text => text.StartsWith("本年收费金额", StringComparison.Ordinal))] = header;

        Assert.Equal((decimal)amount, Reports.Read(report.InTabs()).Cell("proactive/fees/amount"));
    }

    [Fact]
    public void The_fees_are_converted_from_the_unit_that_the_caption_prints()
    {
        var report = new ReportText("2021", cell => cell.Column.Key == "amount" ? "961716" : "3");
        report.Tables["proactive"].Single(row => row.Any(text => text.StartsWith("本年收费金额", StringComparison.Ordinal)))[1] = "本年收费金额";
        report.Tables["proactive"].Single(row => row[0].Contains("（八）", StringComparison.Ordinal))[0] += "（单位：元）";

        Assert.Equal(96.1716m, Reports.Read(report.InTabs()).Cell("proactive/fees/amount"));
    }

    [Fact]
    public void Rows_that_are_numbered_in_a_column_of_its_own_are_read()
    {
        var report = new ReportText("2021", cell => "3");
        foreach (var (row, number) in report.Tables["proactive"].Where(row => row.Contains("3")).Select((row, at) => (row, at + 1)).ToList())
        {
            row.Insert(0, $"{number}");
        }
        foreach (var row in report.Tables["proactive"].Where(row => !row.Contains("3")))
        {
            row.Insert(0, row[0] == "信息内容" ? "序号" : "");
        }

        Assert.Equal(200, Reports.Read(report.InTabs()).Content.Cells.Count);
    }

    /// <summary>科研机构 stands where another column stands in the form, and the column beside it has a name of the agency's own.</summary>
    [Fact]
    public void Columns_in_another_order_of_which_one_has_an_unknown_name_are_left_open()
    {
        var report = new ReportText("2021", cell => cell.Column.Key switch { "enterprise" => "4", "total" => "4", _ => "0" });
        Swap(report.Tables["applications"].Skip(2), 4, 5);
        var header = report.Tables["applications"].Single(row => row.Contains("商业企业"));
        header[header.IndexOf("商业企业")] = "公司单位";

        var filing = Reports.Read(report.InTabs());

        Assert.Equal(ReadingState.Uncertain, filing.Reading("applications/received/enterprise").State);
        Assert.DoesNotContain(filing.Content.Cells, cell => cell.Key.Table == "applications" && cell.Key.Column == "researchInstitution" && cell.Value == 4);
    }

    [Fact]
    public void A_total_by_its_other_name_is_the_total_wherever_it_stands()
    {
        var report = new ReportText("2021", cell => cell.Column.Key switch { "naturalPerson" => "4", "total" => "10", "enterprise" => "6", _ => "0" });
        foreach (var row in report.Tables["applications"].Where(row => row.Contains("总计") && !row.Contains("（七）总计")))
        {
            row[row.IndexOf("总计")] = "合计";
        }

        var filing = Reports.Read(report.InTabs());

        Assert.DoesNotContain(filing.Notes, note => note is { Code: "header-missing", At: "/tables/applications" });
        Assert.Equal((4m, 10m), (filing.Cell("applications/received/naturalPerson"), filing.Cell("applications/received/total")));
    }

    [Fact]
    public void A_column_of_the_agencys_own_is_left_out_and_told()
    {
        var report = new ReportText("2021", cell => "3");
        foreach (var row in report.Tables["proactive"].Take(4))
        {
            row.Insert(2, row[0] == "信息内容" ? "其中与其他部门联合" : row[0].StartsWith('第') ? "" : "77");
        }
        var filing = Reports.Read(report.InTabs());
        Assert.Equal(200, filing.Content.Cells.Count);
        Assert.DoesNotContain(filing.Content.Cells, cell => cell.Value == 77);
        Assert.Contains("extra-column", filing.Codes());
    }

    [Fact]
    public void An_undivided_other_handling_beside_its_three_rows_is_a_row_of_its_own()
    {
        var report = new ReportText("2021", cell => "3");
        var rows = report.Tables["applications"];
        var first = report.Row("applications", "（六）其他处理");
        first[1] = "";
        rows.Insert(rows.IndexOf(first), ["", "（六）其他处理", "", "9", "0", "0", "0", "0", "0", "9"]);

        var filing = Reports.Read(report.InTabs());

        Assert.Equal("2021", filing.Word("/forms/applications"));
        Assert.Equal(9, filing.Cell("applications/otherHandling/total"));
        Assert.Equal(3, filing.Cell("applications/otherHandling.other/total"));
        Assert.Equal(207, filing.Readings.Count);
    }

    [Fact]
    public void The_last_row_with_numbers_counts_below_a_row_that_numbers_the_columns()
    {
        var report = new ReportText("2021", cell => "3");
        report.Tables["disputes"].Insert(3, [.. Enumerable.Range(1, 15).Select(i => $"{i}")]);
        report.Tables["disputes"].Insert(4, [.. Enumerable.Repeat("", 15)]);
        Assert.Equal(3, Reports.Read(report.InCells()).Cell("disputes/reconsideration/upheld"));
    }

    [Fact]
    public void A_missing_table_gives_absent_cells_and_no_form()
    {
        var report = new ReportText("2021", cell => "3");
        report.Tables["disputes"].Clear();
        var filing = Reports.Read(report.InTabs());
        Assert.Null(filing.Word("/forms/disputes"));
        Assert.Equal(15, filing.Readings.Values.Count(reading => reading.State == ReadingState.Absent));
        Assert.Contains("table-missing", filing.Codes());
    }

    private static void Swap(IEnumerable<List<string>> rows, int a, int b)
    {
        foreach (var row in rows)
        {
            (row[a], row[b]) = (row[b], row[a]);
        }
    }
}
