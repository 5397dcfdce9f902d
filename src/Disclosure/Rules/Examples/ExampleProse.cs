using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Rules.Examples;

/// <summary>The clean report's words. Figures in them are taken from the tables, so that they cannot disagree.</summary>
internal static class ExampleProse
{
    public static ReportContent Write(ReportContent figures, int year)
    {
        var form = figures.Cell(new CellAddress("proactive", "licensing", "previousItems")) is null ? Format2021.Value : Format2019.Value;
        return KnownFormats.TableKeys
            .Aggregate(figures, (all, table) => all.With($"/forms/{table}", form.Key).With($"/sections/{table}", ""))
            .With("/title", $"{ExampleReport.AgencyName}{year}年政府信息公开工作年度报告")
            .With("/printedDate", $"{year + 1}-01-16")
            .With("/period/from", $"{year}-01-01")
            .With("/period/to", $"{year}-12-31")
            .With("/contact/office", "云州市桂山区工业和信息化局办公室")
            .With("/contact/address", "云州市桂山区新河路18号")
            .With("/contact/postcode", "990102")
            .With("/contact/telephone", "0999-8123456")
            .With("/contact/email", "gxj@guishan.example.gov.cn")
            .With("/contact/site", "https://www.guishan.example.gov.cn")
            .With("/sections/preamble", Preamble(year))
            .With("/sections/overview", Overview(figures, year))
            .With("/sections/problems", Problems(year))
            .With("/sections/otherMatters", OtherMatters(year));
    }

    private static string Preamble(int year) =>
        "本报告根据《中华人民共和国政府信息公开条例》（国务院令第711号）和" + Notice(year)
        + $"的要求编制。所列数据的统计期限自{year}年1月1日起，至{year}年12月31日止。电子版可在区政府门户网站“政府信息公开”专栏（https://www.guishan.example.gov.cn）查阅和下载。"
        + "如有疑问，请与云州市桂山区工业和信息化局办公室联系（地址：云州市桂山区新河路18号，邮编：990102，电话：0999-8123456）。";

    /// <summary>A preamble that says no more than on what the report stands, and perhaps the period.</summary>
    public static string Basis(int year, bool hasPeriod = true) =>
        $"本报告根据《中华人民共和国政府信息公开条例》（国务院令第711号）和{Notice(year)}编制。" + (hasPeriod ? $"所列数据的统计期限自{year}年1月1日起，至{year}年12月31日止。" : "");

    private static string Notice(int year) => KnownFormats.ForYear(year) == Format2019.Value
        ? "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）"
        : "《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）";

    private static string Overview(ReportContent figures, int year)
    {
        var (received, handled) = (figures.Cell(new("applications", "received", "total")), figures.Cell(new("applications", "totalHandled", "total")));
        return string.Join('\n',
            $"（一）主动公开情况。{year}年，{Turn(year, _proactive)}",
            $"（二）依申请公开情况。全年新收政府信息公开申请{received}件，办结{handled}件，均在法定期限内答复。",
            $"（三）政府信息管理情况。{Turn(year, _management)}",
            $"（四）政府信息公开平台建设情况。{Turn(year, _platforms)}",
            $"（五）监督保障情况。{Turn(year, _supervision)}");
    }

    private static string Problems(int year) => $"针对{year - 1}年存在的{Turn(year, _problems)}";

    /// <summary>No body writes the same report twice: what is said goes round in three years.</summary>
    private static string Turn(int year, string[] words) => words[year % words.Length];

    private static readonly string[] _proactive =
    [
        "突出惠企政策和中小企业融资服务，集中公布办事指南、申报条件和咨询窗口，编发政策问答手册，方便企业对照查阅。",
        "围绕工业运行和企业服务，及时更新机构职能、政策文件和解读材料，主动公开的范围进一步拓宽。",
        "结合数字化改造、节能降碳等任务，分批公布项目目录与验收结果，邀请企业代表走进机关，听取对公开内容的建议。",
    ];

    private static readonly string[] _management =
    [
        "完善发文拟稿环节的公开审查表，由拟稿科室、法制科室和分管领导逐级签署意见，动态调整公开目录。",
        "健全公文公开属性认定和发布审核制度，定期清理已公开的文件。",
        "对历年文件逐份复核，区分保留、修改、失效三种情形重新归类，标注有效状态后统一对外展示，清理结果同步备案。",
    ];

    private static readonly string[] _platforms =
    [
        "调整栏目布局，增设企业办事导航，手机端可一键查询办理进度，并开通意见征集入口。",
        "完善门户网站专栏的检索和下载功能，信息更新更加及时。",
        "关停一个访问量偏低的公众号，内容并入区级集约化平台，重新设计图标和版面，同时在政务大厅放置自助查询终端。",
    ];

    private static readonly string[] _supervision =
    [
        "把公开质量纳入科室绩效考核，每两个月通报一次检查结果，邀请人大代表和群众评议，没有责任追究情形。",
        "明确专人负责，组织业务培训，接受社会评议，未发生责任追究情形。",
        "局主要负责人主持召开专题会议，选派骨干参加市级培训，委托第三方开展评估并公布得分，年内无责任追究事项。",
    ];

    private static readonly string[] _problems =
    [
        "解读形式比较单一的问题，已制作图文和短视频解读并固定了专人。目前主要问题：一是部分科室报送信息滞后；二是目录分类不够细致。"
            + "下一步将建立报送台账，逐项细化目录，改进发布效率。",
        "栏目更新不够及时的问题，已建立按月检查的办法并整改到位。目前主要问题：一是政策解读的形式比较单一；二是基层业务人员变动较多。"
            + "下一步将丰富图文解读，并按季度开展培训，改进工作质量。",
        "人员流动带来的衔接问题，已编印操作手册、实行双人双岗。目前主要问题：一是与企业的互动渠道偏少；二是数据公开的颗粒度有待提升。"
            + "下一步将开设意见箱和接待日，推动数据集分级开放，改进服务体验。",
    ];

    private static string OtherMatters(int year) => year < 2021
        ? "无其他需要报告的事项。"
        : "本年度发出收费通知30件，收费通知总金额3000元，实际收取信息处理费2600元。";
}
