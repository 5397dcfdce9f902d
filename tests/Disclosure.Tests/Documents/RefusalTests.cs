using Disclosure.Contents;
using Disclosure.Documents;

namespace Disclosure.Tests.Documents;

/// <summary>Texts that are no annual reports, however much they speak of them.</summary>
public class RefusalTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" \n\t\n\u00A0\n")]
    [InlineData("云州大学2023—2024学年信息公开工作年度报告\n\n一、概述\n\n学校认真做好信息公开。\n\n二、主动公开情况\n\n公开信息100条。\n\n三、依申请公开情况\n\n收到申请3件。\n\n四、存在的主要问题和改进措施\n\n继续努力。\n")]
    [InlineData("云州市2024年政务公开工作要点\n\n一、加强主动公开\n\n做好政府信息公开年度报告编制工作。\n\n二、规范依申请公开\n\n各单位落实。\n")]
    [InlineData("云州市水务局发布2023年政府信息公开工作年度报告\n\n本网讯　日前，云州市水务局发布年度报告，全年收到申请12件。\n")]
    [InlineData("关于做好2023年政府信息公开工作年度报告编制工作的通知\n\n各单位：\n\n请于1月31日前发布。\n")]
    [InlineData("行政许可\t5\n行政检查\t6\n")]
    public void A_text_that_is_no_report_is_refused_in_both_languages(string text)
    {
        var why = Assert.IsType<ReadResult.NotAReport>(ReportReader.Read(PlainText.Read(text))).Why;
        Assert.Contains("政府信息公开工作年度报告", why.Zh, StringComparison.Ordinal);
        Assert.Contains("no annual report", why.En, StringComparison.Ordinal);
    }

    [Fact]
    public void The_empty_form_in_a_notice_is_no_report()
    {
        var report = new ReportText("2021", _ => "") { Title = "关于印发年度报告格式的通知" };
        Assert.IsType<ReadResult.NotAReport>(ReportReader.Read(PlainText.Read(report.InTabs())));
    }

    [Fact]
    public void A_report_without_any_table_is_still_a_report()
    {
        var report = new ReportText();
        Assert.All(report.Tables.Values, table => table.Clear());
        var filing = Reports.Read(report.InTabs());
        Assert.Equal(3, filing.Codes().Count(code => code == "table-missing"));
        Assert.Equal(200, filing.Readings.Values.Count(reading => reading.State == ReadingState.Absent));
        Assert.Equal("", filing.Content.Section("disputes"));
    }

    [Fact]
    public void A_report_without_a_title_is_read_and_its_year_taken_from_the_period()
    {
        var filing = Reports.Read(new ReportText { Title = "" }.InCells());
        Assert.Null(filing.AgencyName);
        Assert.Null(filing.Content.Title);
        Assert.Equal(2023, filing.Year);
        Assert.Superset(new HashSet<string> { "title-missing", "year-from-period" }, filing.Codes().ToHashSet());
    }
}
