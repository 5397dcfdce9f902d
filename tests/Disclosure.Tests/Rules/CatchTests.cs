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
    public void Is_found_in_section_five(string code, Severity severity, string words) =>
        Assert.Contains((code, severity), Found(CleanReport.With("problems", words)));

    [Theory]
    [InlineData("TX-001", "2023年共收到政府信息公开申请9876件，结转至2024年1件。")]
    [InlineData("TX-003", "2023年共收到政府信息公开申请，结转至2024年继续办理987件。")]
    [InlineData("TX-001", "2023年共收到政府信息公开申请9876件（其中2022年结转2件），办结77件。")]
    [InlineData("TX-003", "2023年共收到政府信息公开申请501件（其中2022年结转987件）。")]
    [InlineData("TX-002", "2023年共收到政府信息公开申请501件（其中2022年结转2件），办结9877件。")]
    [InlineData("TX-012", "2023年共收到政府信息公开申请{received}件，比2022年增长887.5%。")]
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

    [Fact]
    public void A_list_before_its_number_is_counted() =>
        Assert.Contains(
            ("STR-018", Severity.Warning),
            Found(CleanReport.With("preamble", "本报告由总体情况、主动公开、依申请公开、行政复议和行政诉讼、主要问题六部分组成。")));

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

    private static IReadOnlyList<(string Code, Severity Severity)> Found(ReportContent content) =>
        [.. CleanReport.Findings(content).Select(finding => (finding.Code, finding.Severity))];
}
