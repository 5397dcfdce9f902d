namespace Disclosure.Tests.Documents;

/// <summary>Title, date, period, contact and the parts of the prose.</summary>
public class FrontTests
{
    [Theory]
    [InlineData("云州市北湖区文化局2023年政府信息公开工作年度报告", "云州市北湖区文化局", 2023)]
    [InlineData("云州市北湖区文化局 2023 年度政府信息公开工作年度报告", "云州市北湖区文化局", 2023)]
    [InlineData("2023年云州市政府信息公开工作年度报告", "云州市", 2023)]
    [InlineData("云州市人民政府2023年政府信息公开工作年度报告", "云州市人民政府", 2023)]
    [InlineData("2023年云州市人民政府信息公开工作年度报告", "云州市人民政府", 2023)]
    [InlineData("云州市文化局２０２３年政府信息公开工作报告", "云州市文化局", 2023)]
    [InlineData("云州市文化局二〇二三年政府信息公开年度报告", "云州市文化局", 2023)]
    [InlineData("云州市文化局政府信息公开工作2023年度报告", "云州市文化局", 2023)]
    [InlineData("云州市文化局政府信息公开工作年度报告（2023年度）", "云州市文化局", 2023)]
    [InlineData("《云州市文化局2023年政府信息公开工作年度报告》", "云州市文化局", 2023)]
    [InlineData("云州市文化局\n2023年政府信息公开工作年度报告", "云州市文化局", 2023)]
    [InlineData("云州市\n文化局\n2023年政府信息公开工作年度报告", "云州市文化局", 2023)]
    [InlineData("云州市文化局2023年\n政府信息公开工作\n年度报告", "云州市文化局", 2023)]
    [InlineData("云州市文化局政府信息公开工作年度报告", "云州市文化局", 2024)]
    [InlineData("首页 > 政务公开 > 年报\n2023年政府信息公开工作年度报告", null, 2023)]
    [InlineData("云文发〔2024〕2号\n2023年政府信息公开工作年度报告", null, 2023)]
    [InlineData("索 引 号 | 0142/2024-00012 | 分 类 | 综合政务 |\n标 题 | 云州市文化局2023年政府信息公开工作年度报告 | ||\n云州市文化局2023年政府信息公开工作年度报告", "云州市文化局", 2023)]
    public void The_title_gives_agency_and_year(string title, string? agency, int year)
    {
        var report = new ReportText { Title = title };
        report.Prose["preamble"] = "本报告统计期限自2024年1月1日起至2024年12月31日止。";
        var filing = Reports.Read(report.InTabs());
        Assert.Equal((agency, year), (filing.AgencyName, filing.Year));
    }

    [Fact]
    public void What_stands_before_the_title_stays_in_the_preamble()
    {
        var filing = Reports.Read(new ReportText { Title = "云文发〔2024〕2号\n云州市文化局2023年政府信息公开工作年度报告" }.InCells());
        Assert.Equal("云州市文化局2023年政府信息公开工作年度报告", filing.Content.Title);
        Assert.StartsWith("云文发〔2024〕2号\n", filing.Content.Section("preamble"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2024年1月17日")]
    [InlineData("（2024年1月17日）")]
    [InlineData("二〇二四年一月十七日")]
    [InlineData("二○二四年一月十七日")]
    [InlineData("２０２４年 １月 １７日")]
    [InlineData("2024-01-17")]
    [InlineData("2024.1.17")]
    public void A_date_on_its_own_line_is_lifted_out_under_the_title_or_at_the_end(string printed)
    {
        var above = new ReportText();
        above.Prose["preamble"] = printed + "\n" + above.Prose["preamble"];
        var below = new ReportText();
        below.Prose["otherMatters"] += "\n云州市北湖区文化局\n" + printed;

        Assert.Equal(new DateOnly(2024, 1, 17), Reports.Read(above.InTabs()).Content.PrintedDate);
        Assert.DoesNotContain(printed, Reports.Read(above.InTabs()).Content.Section("preamble"), StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2024, 1, 17), Reports.Read(below.InCells()).Content.PrintedDate);
        Assert.Equal("没有收取信息处理费。\n云州市北湖区文化局", Reports.Read(below.InCells()).Content.Section("otherMatters"));
    }

    [Fact]
    public void A_day_that_no_calendar_has_stays_in_the_prose()
    {
        var report = new ReportText();
        report.Prose["otherMatters"] += "\n2024年2月30日";
        var filing = Reports.Read(report.InTabs());
        Assert.Null(filing.Content.PrintedDate);
        Assert.EndsWith("2024年2月30日", filing.Content.Section("otherMatters"), StringComparison.Ordinal);
        Assert.Contains("date-unreadable", filing.Codes());
    }

    [Theory]
    [InlineData("统计期限自2023年1月1日起至2023年12月31日止。", "2023-01-01", "2023-12-31")]
    [InlineData("所列数据的统计期限为 2023 年 1 月 1 日至 12 月 31 日。", "2023-01-01", "2023-12-31")]
    [InlineData("数据统计期限：2023年3月5日—2023年12月31日。", "2023-03-05", "2023-12-31")]
    [InlineData("统计时限为2023年1月至12月。", "2023-01-01", "2023-12-31")]
    [InlineData("2023年1月1日至2023年12月31日，本局公开信息若干。", "2023-01-01", "2023-12-31")]
    [InlineData("统计期限自二〇二三年一月一日起至十二月三十一日止。", "2023-01-01", "2023-12-31")]
    [InlineData("2023年5月1日至2023年5月3日组织培训。统计期限为2023年1月1日至2023年12月31日。", "2023-01-01", "2023-12-31")]
    [InlineData("统计期限为2023年1月1日至2023年12月31日。统计期限为2022年1月1日至2022年12月31日。", null, null)]
    [InlineData("2023年5月1日至2023年5月3日组织培训。", null, null)]
    [InlineData("按时限要求，公示期自2023年5月1日", null, null)]
    public void The_period_is_the_one_that_the_statistics_are_said_to_cover(string sentence, string? from, string? to)
    {
        var report = new ReportText();
        report.Prose["preamble"] = sentence;
        var filing = Reports.Read(report.InTabs());
        Assert.Equal((from, to), (filing.Word("/period/from"), filing.Word("/period/to")));
    }

    [Theory]
    [InlineData("如有疑问，请与文化局办公室联系（地址：云州市北湖路8号 ，邮政编码：000001，电话：（0999）1234567转8，邮箱：wh@163.com）。", "文化局办公室", "云州市北湖路8号", "000001", "（0999）1234567转8", "wh@163.com")]
    [InlineData("请联系文化局（电话0999-1234567）。网站地址：www.wh.example.gov.cn", "文化局", null, null, "0999-1234567", null)]
    [InlineData("联系电话详见网站，邮编：00001。", null, null, null, null, null)]
    public void The_contact_is_copied_out_and_stays_in_the_prose(string sentence, string? office, string? address, string? postcode, string? telephone, string? email)
    {
        var report = new ReportText();
        report.Prose["preamble"] = sentence;
        var filing = Reports.Read(report.InCells());
        Assert.Equal((office, address, postcode), (filing.Word("/contact/office"), filing.Word("/contact/address"), filing.Word("/contact/postcode")));
        Assert.Equal((telephone, email), (filing.Word("/contact/telephone"), filing.Word("/contact/email")));
        Assert.Equal(sentence, filing.Content.Section("preamble"));
    }

    [Fact]
    public void Prose_beside_a_table_stays_in_the_section_of_the_table()
    {
        var report = new ReportText("2021", _ => "3");
        report.Prose["proactive"] = "说明如下：";
        report.Prose["problems"] = "\t缩进的段落，也是正文。\n\t又一段";
        report.Headings["problems"] = "注：以上为本级数据\n五、存在的主要问题及改进情况";
        foreach (var filing in new[] { Reports.Read(report.InTabs()), Reports.Read(report.InCells()) })
        {
            Assert.Equal("说明如下：", filing.Content.Section("proactive"));
            Assert.Equal("注：以上为本级数据", filing.Content.Section("disputes"));
            Assert.Equal("缩进的段落，也是正文。\n又一段", filing.Content.Section("problems"));
            Assert.Equal(200, filing.Content.Cells.Count);
        }
    }

    [Theory]
    [InlineData("五、存在的主要问题及改进情况：", 0)]
    [InlineData("五.存在的主要问题及改进情况", 0)]
    [InlineData("（五）存在的主要问题及改进情况", -1)]
    [InlineData("5、存在的主要问题及改进情况", 1)]
    [InlineData("存在的主要问题及改进情况", 1)]
    [InlineData("五、存在问题及改进情况", 1)]
    [InlineData("五、工作中存在的问题和改进措施", 1)]
    public void A_heading_is_known_by_words_and_number(string printed, int differing)
    {
        var report = new ReportText { Headings = { ["problems"] = printed } };
        var filing = Reports.Read(report.InTabs());
        Assert.Equal(differing >= 0 ? "公开不够及时，已经改进。" : null, filing.Content.Section("problems"));
        Assert.Equal(differing == 1 ? printed : null, filing.Word("/source/headings/0/printed"));
        Assert.Equal(differing < 0, filing.Codes().Contains("section-missing"));
    }

    [Fact]
    public void A_missing_heading_before_a_table_is_told_and_the_section_still_found()
    {
        var filing = Reports.Read(new ReportText { Headings = { ["applications"] = "" } }.InTabs());
        Assert.Equal("", filing.Content.Section("applications"));
        Assert.Equal("/sections/applications", filing.Notes.Single(note => note.Code == "heading-missing").At);
    }

    [Fact]
    public void A_table_of_contents_is_not_taken_for_the_headings()
    {
        var report = new ReportText();
        report.Prose["preamble"] = "目录\n一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n四、政府信息公开行政复议、行政诉讼情况\n五、存在的主要问题及改进情况\n六、其他需要报告的事项";
        var filing = Reports.Read(report.InTabs());
        Assert.Equal("公开不够及时，已经改进。", filing.Content.Section("problems"));
        Assert.Equal("（一）主动公开。公开信息十条。", filing.Content.Section("overview"));
    }

    [Fact]
    public void Prose_may_follow_a_heading_on_its_line()
    {
        var report = new ReportText { Headings = { ["otherMatters"] = "六、其他需要报告的事项：没有收费。" } };
        report.Prose["otherMatters"] = "";
        Assert.Equal("没有收费。", Reports.Read(report.InTabs()).Content.Section("otherMatters"));
    }

    [Fact]
    public void Page_numbers_that_count_up_are_left_out_and_told()
    {
        var report = new ReportText();
        report.Prose["overview"] = "上半页\n- 1 -\n下半页\n— 2 —";
        var filing = Reports.Read(report.InTabs());
        Assert.Equal("上半页\n下半页", filing.Content.Section("overview"));
        Assert.Contains("page-numbers-dropped", filing.Codes());
    }

    [Fact]
    public void Every_note_code_is_listed_once_with_both_languages()
    {
        var all = Disclosure.Documents.ReadingNotes.All;
        Assert.Equal(all.Count, all.Select(kind => kind.Code).Distinct().Count());
        Assert.All(all, kind => Assert.True(kind.Zh.Length > 0 && kind.En.Length > 0 && kind.Code.All(c => c is '-' or (>= 'a' and <= 'z')), kind.Code));
    }
}
