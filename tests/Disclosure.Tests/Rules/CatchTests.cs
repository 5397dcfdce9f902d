using Disclosure.Contents;
using Disclosure.Rules;

namespace Disclosure.Tests.Rules;

/// <summary>Faults in other wordings than those of the catalogue's examples: the rule named finds each, at the weight told.</summary>
public class CatchTests
{
    /// <summary>Each sentence stands before the clean report's section five.</summary>
    [Theory]
    [InlineData("PRI-001", Severity.Error, "证件号码110105 19491231 002X已登记。")]
    [InlineData("PRI-002", Severity.WaivableError, "申请人（138 1234 5678）反映的事项已答复。")]
    [InlineData("PRI-002", Severity.WaivableError, "申请人138-1234-5678反映的事项已答复。")]
    [InlineData("PRI-002", Severity.WaivableError, "申请人+8613812345678反映的事项已答复。")]
    [InlineData("PRI-002", Severity.WaivableError, "申请人+86 138 1234 5678反映的事项已答复。")]
    [InlineData("PRI-003", Severity.Error, "退费至申请人卡号4111 1111 1111 1111。")]
    [InlineData("PRI-003", Severity.Error, "退费至申请人账号4111-1111-1111-1111。")]
    [InlineData("PRI-003", Severity.Warning, "缴费户名：云州市桂山区财政局，账号：4000023009200310001。")]
    [InlineData("PRI-005", Severity.Warning, "申请人：张某某申请公开的征地材料已答复。")]
    [InlineData("PRI-005", Severity.Warning, "市民张某某申请公开征地材料。")]
    [InlineData("PRI-007", Severity.Warning, "成立领导小组，综合科因涉密不列入成员。")]
    [InlineData("PRI-008", Severity.Warning, "因涉密，机构设置及职能不予公开。")]
    [InlineData("CIT-002", Severity.WaivableError, "学习《政府信息公开条例》（国办公开办函〔2021〕30号）。")]
    [InlineData("CIT-005", Severity.Warning, "依据《条例》（国务院第492号令）开展工作。")]
    [InlineData("CIT-005", Severity.Warning, "依据《条例》（国务院令492号）开展工作。")]
    [InlineData("ID-010", Severity.Warning, "2022年，我局将继续加强培训。")]
    [InlineData("T2-013", Severity.Warning, "出台987件行政规范性文件。")]
    [InlineData("T2-013", Severity.Warning, "新增行政规范性文件987件。")]
    [InlineData("T4-007", Severity.Warning, "行政诉讼案件，结果均维持。")]
    [InlineData("TX-011", Severity.Warning, "存在3个方面的问题：一是形式单一；二是人员变动。")]
    [InlineData("TX-011", Severity.Warning, "存在两个方面的问题：一是形式单一；二是人员变动；三是培训不足。")]
    [InlineData("STR-019", Severity.Error, "公开目录 HYPERLINK \"https://www.guishan.example.gov.cn\" \\h已更新。")]
    [InlineData("STR-019", Severity.Error, "２０ＸＸ年工作已完成。")]
    [InlineData("STR-019", Severity.Warning, "召开会议ＸＸ次。")]
    [InlineData("STR-019", Severity.Warning, "公开信息xx条。")]
    [InlineData("STR-019", Severity.Warning, "公开信息**条。")]
    [InlineData("STR-019", Severity.Warning, "公开信息＿＿条。")]
    [InlineData("STR-019", Severity.Warning, "X月X日召开专题会议。")]
    [InlineData("CIT-001", Severity.WaivableError, "落实《政府网站发展指引》（国办发〔2017〕74号）。")]
    [InlineData("CIT-001", Severity.WaivableError, "落实《2021年政务公开工作要点》（国办发〔2021〕21号）。")]
    [InlineData("CIT-005", Severity.Warning, "遵循公正、公平和便民的原则。")]
    [InlineData("CIT-008", Severity.Warning, "落实《中华人民共和国政府信息公开工作条例》。")]
    [InlineData("CIT-004", Severity.Warning, "落实《桂山区政务公开工作办法》（桂政办发〔2203〕9号）。")]
    [InlineData("ID-010", Severity.Warning, "下一步，2023年将继续加强队伍建设。")]
    [InlineData("T2-013", Severity.Warning, "全年制发行政规范性文件987件、废止1件，现行有效16件。")]
    public void Is_found_in_section_five(string code, Severity severity, string words) =>
        Assert.Contains((code, severity), Found(CleanReport.With("problems", words)));

    [Theory]
    [InlineData("TX-001", "2023年共收到政府信息公开申请9876件，结转至2024年1件。")]
    [InlineData("TX-003", "2023年共收到政府信息公开申请，结转至2024年继续办理987件。")]
    [InlineData("TX-001", "2023年共收到政府信息公开申请9876件（其中2022年结转2件），办结77件。")]
    [InlineData("TX-003", "2023年共收到政府信息公开申请501件（其中2022年结转987件）。")]
    [InlineData("TX-002", "2023年共收到政府信息公开申请501件（其中2022年结转2件），办结9877件。")]
    [InlineData("TX-012", "2023年共收到政府信息公开申请{received}件，比2022年增长887.5%。")]
    [InlineData("TX-012", "2023年共收到政府信息公开申请{received}件，较上年（310件）增长55.2%。")]
    [InlineData("TX-001", "2023年1月至12月，共收到政府信息公开申请9876件。")]
    [InlineData("TX-001", "截至12月31日，共收到政府信息公开申请9876件。")]
    [InlineData("TX-004", "没有因政府信息公开被申请行政复议、提起行政诉讼的情况。")]
    [InlineData("TX-005", "依申请公开方面，全年无政府信息公开申请。")]
    [InlineData("TX-005", "2023年未收到群众要求政府信息公开的申请。")]
    [InlineData("TX-006", "不予公开72件，占比12.6%。")]
    [InlineData("TX-003", "全年收到政府信息公开申请{received}件，其余987件结转下年度办理。")]
    public void Is_found_among_requests(string code, string words) =>
        Assert.Contains((code, Severity.Warning), Found(CleanReport.Telling(words)));

    [Theory]
    [InlineData("主动公开行政事业性收费目录清单。")]
    [InlineData("公开“三公”经费和会议费用。")]
    [InlineData("组织免费培训1次。")]
    public void Other_charges_are_no_fee_statement(string words) =>
        Assert.Contains(
            ("FEE-001", Severity.WaivableError),
            Found(CleanReport.With("overview", words).With("/sections/otherMatters", "无。")));

    [Theory]
    [InlineData("本报告由总体情况、主动公开、依申请公开、行政复议和行政诉讼、主要问题六部分组成。")]
    [InlineData("全文包括总体情况、主动公开、依申请公开、行政复议和行政诉讼、主要问题等六部分内容。")]
    public void A_list_before_its_number_is_counted(string words) =>
        Assert.Contains(("STR-018", Severity.Warning), Found(CleanReport.With("preamble", words)));

    /// <summary>A township has no bodies below it, so that 我镇 leaves nothing open; in a department's report it does.</summary>
    [Theory]
    [InlineData("云州市桂山区青石镇人民政府", Severity.Warning)]
    [InlineData("云州市桂山区青石街道办事处", Severity.Warning)]
    [InlineData("云州市桂山区工业和信息化局", Severity.Info)]
    public void A_township_speaks_of_itself(string agencyName, Severity severity)
    {
        var findings = CleanReport.Findings(CleanReport.Telling("2023年，我镇未收到政府信息公开申请。"), agencyName: agencyName);

        Assert.Contains(findings, finding => finding.Code == "TX-005" && finding.Severity == severity);
    }

    /// <summary>Two figures in one clause: each is of what stands before it.</summary>
    [Fact]
    public void Reviews_and_suits_side_by_side_are_held_against_their_own_rows()
    {
        var content = CleanReport.Telling("2023年政府信息公开行政复议0件、行政诉讼987件。");
        var findings = CleanReport.Findings(content).Where(finding => finding.Code == "TX-004").ToList();

        Assert.Equal([0m, 987m], findings.Select(finding => finding.Stated!.Value));
        Assert.Equal([12m, 9m], findings.Select(finding => finding.Computed!.Value));
        Assert.Equal("/tables/disputes/reconsideration/total", findings[0].Pointers[^1]);
        Assert.Equal(["2023年政府信息公开行政复议0件", "行政诉讼987件"], findings.Select(finding => Words(content, finding)));
    }

    [Theory]
    [InlineData("落实《桂山区公开工作办法（桂政办发〔2022〕5号）。", "《桂山区公开工作办法")]
    [InlineData("落实桂山区公开工作办法》。", "落实桂山区公开工作办法》")]
    public void A_mark_without_its_other_half_is_pointed_at(string words, string place)
    {
        var content = CleanReport.With("problems", words);

        Assert.Equal(place, Words(content, Assert.Single(CleanReport.Findings(content), finding => finding.Code == "CIT-010")));
    }

    /// <summary>Last year's preamble is left standing while the days themselves are right.</summary>
    [Fact]
    public void A_period_left_over_from_last_year_is_found_in_the_prose()
    {
        var content = CleanReport.Content.With("/sections/preamble", CleanReport.Content.Section("preamble")!.Replace("2023年1月1日起，至2023年", "2022年1月1日起，至2022年", StringComparison.Ordinal));

        Assert.Equal("2022年1月1日起", Words(content, Assert.Single(CleanReport.Findings(content), finding => finding is { Code: "ID-007", Severity: Severity.WaivableError })));
    }

    [Fact]
    public void An_amount_beside_the_notices_is_theirs() => Assert.DoesNotContain(
        "FEE-002", Found(CleanReport.Content.With("/sections/otherMatters", "没有收取信息处理费（收费通知0件、金额0元、实收0元）。")).Select(found => found.Code));

    [Fact]
    public void The_name_of_the_superior_office_is_another_bodys()
    {
        const string Superior = "云州市工业和信息化局";
        var around = CleanReport.Around with { Named = CleanReport.Around.Agency! with { Code = "11990100000001022N", Name = Superior } };

        Assert.Contains(CleanReport.Findings(CleanReport.Content, around, Superior), finding => finding is { Code: "ID-003", Severity: Severity.Error });
    }

    [Fact]
    public void A_short_form_of_the_bodys_own_name_is_its_name() =>
        Assert.DoesNotContain("ID-004", Found(CleanReport.With("preamble", "现发布《桂山区工信局2023年政府信息公开工作年度报告》。")).Select(found => found.Code));

    private static string Words(ReportContent content, Finding finding) => content.Section(finding.Span!.Section)![finding.Span.From..finding.Span.To];

    private static IReadOnlyList<(string Code, Severity Severity)> Found(ReportContent content) =>
        [.. CleanReport.Findings(content).Select(finding => (finding.Code, finding.Severity))];
}
