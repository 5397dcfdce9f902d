using Disclosure.Agencies;
using Disclosure.Contents;
using Disclosure.Formats;

namespace DisclosureApi.Generating;

/// <summary>The words around generated figures, and the faults that real reports have.</summary>
internal static class GeneratedReport
{
    private static readonly string[] _proactive = ["围绕重点领域及时公开政策文件、办事指南和财政预决算", "结合群众关切更新机构职能、权责清单和公共服务事项", "通过政策解读、新闻发布和现场咨询拓宽公开范围"];
    private static readonly string[] _management = ["健全公文公开属性源头认定和发布审核制度", "对历年文件逐件复核并标注有效状态", "落实公开审查责任，动态调整公开目录"];
    private static readonly string[] _platforms = ["完善门户网站专栏检索和下载功能", "整合政务新媒体并优化移动端查询", "在政务大厅设置查阅点和自助终端"];
    private static readonly string[] _supervision = ["将政务公开纳入年度工作考核，开展社会评议，未发生责任追究情形", "组织业务培训并通报检查结果，接受社会评议，没有责任追究情形"];
    private static readonly string[] _problems = ["部分信息更新不够及时", "政策解读形式比较单一", "基层业务人员变动较多", "公开目录分类不够细致"];
    private static readonly string[] _measures = ["建立报送台账并按月检查", "丰富图文和短视频解读", "按季度开展业务培训", "逐项细化目录并明确责任人"];

    public static ReportContent Write(Chance chance, Agency agency, ReportFormat form, int year, ReportContent figures)
    {
        var (received, handled) = (figures.Cell(new("applications", "received", "total")), figures.Cell(new("applications", "totalHandled", "total")));
        var notice = form == Format2019.Value
            ? "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）"
            : "《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）";
        var (first, second) = (chance.Below(_problems.Length), chance.Below(_problems.Length - 1));
        second = second >= first ? second + 1 : second;
        return KnownFormats.TableKeys.Aggregate(figures, (all, table) => all.With($"/forms/{table}", form.Key).With($"/sections/{table}", ""))
            .With("/title", $"{agency.Name}{year}年政府信息公开工作年度报告")
            .With("/period/from", $"{year}-01-01").With("/period/to", $"{year}-12-31")
            .With("/sections/preamble", $"本报告根据《中华人民共和国政府信息公开条例》（国务院令第711号）和{notice}编制。所列数据的统计期限自{year}年1月1日起，至{year}年12月31日止。")
            .With("/sections/overview", string.Join('\n',
                $"（一）主动公开情况。{chance.Pick(_proactive)}。", $"（二）依申请公开情况。全年新收政府信息公开申请{received}件，办结{handled}件，均在法定期限内答复。",
                $"（三）政府信息管理情况。{chance.Pick(_management)}。", $"（四）政府信息公开平台建设情况。{chance.Pick(_platforms)}。", $"（五）监督保障情况。{chance.Pick(_supervision)}。"))
            .With("/sections/problems", $"针对上年存在的问题，已完成整改。目前主要问题：一是{_problems[first]}；二是{_problems[second]}。下一步将{_measures[first]}，{_measures[second]}，改进公开质量。")
            .With("/sections/otherMatters", year < 2021 ? "无其他需要报告的事项。" : "本年度发出收费通知0件，收费通知总金额0元，实际收取信息处理费0元。");
    }

    /// <summary>One of the faults that readers of published reports meet.</summary>
    public static ReportContent Spoil(Chance chance, ReportContent content, int year) => chance.Below(5) switch
    {
        0 => content.With(new CellAddress("applications", "totalHandled", "total"), content.Cell(new("applications", "totalHandled", "total"))!.Value + chance.Between(1, 3)),
        1 => content.Without(new CellAddress("disputes", "reconsideration", chance.Pick(["upheld", "pending"]))).Without(new CellAddress("disputes", "litigation", "total")),
        2 => content.With("/title", content.Title!.Replace($"{year}年", $"{year - 1}年", StringComparison.Ordinal)),
        3 => content.With("/sections/otherMatters", "无。"),
        _ => content.With(new CellAddress("applications", "granted", "enterprise"), content.Cell(new("applications", "granted", "enterprise"))!.Value + 1),
    };
}
