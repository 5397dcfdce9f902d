using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Rules;
using Disclosure.Rules.Examples;

namespace Disclosure.Tests.Rules;

/// <summary>
/// Correct sentences in many wordings, of districts, departments and townships: no rule may have anything to say on them.
/// Each stands in the clean report in the place of its own sentence; {received}, {handled}, {in}, {over}, {reviews} and
/// {suits} are the tables' figures.
/// </summary>
public class SilenceTests
{
    public static TheoryData<string> Requests => [.. Lines(
        """
        2023年，共收到政府信息公开申请{received}件，办结{handled}件，结转下年度{over}件。
        全年受理依申请公开{received}件，均按时答复。
        2023年新收政府信息公开申请{received}件，上年结转{in}件，共办理{all}件。
        2023年共受理政府信息公开申请{received}件，其中自然人{natural}件、法人和其他组织若干件。
        全年共收到政府信息公开申请{received}件，其中网上申请30件、信函申请12件、当面申请4件。
        通过网络收到政府信息公开申请30件，通过信函收到12件。
        2023年收到公民、法人或者其他组织提出的政府信息公开申请{received}件，答复{handled}件（含上年度结转申请{in}件，另有{over}件顺延到下年度答复）。
        2022年收到政府信息公开申请207件，2023年有所增加。
        2023年收到政府信息公开申请{received}件，较上年有所增长。
        第四季度未收到政府信息公开申请，前三季度均有申请。
        未收到以书面形式提交的政府信息公开申请，均为在线提交。
        政府信息公开申请办结率100%，按期答复率100%。
        办理政府信息公开申请过程中，转办其他机关3件，协助答复2件。
        共接到12345热线咨询政府信息公开事项48件，均已答复。
        本年度共答复政府信息公开申请{handled}件，予以公开{granted}件，部分公开{partial}件。
        收到人大代表建议12件、政协委员提案9件，均按期办结并公开答复。
        收到网友留言36条，答复36条。
        收到最低生活保障申请264件，办结255件。
        {received}件申请均已答复，满意率98%。
        全年收到行政许可申请264件，办结255件。
        自《条例》施行以来累计收到政府信息公开申请1280件。
        1—11月收到政府信息公开申请较多，12月份收到3件。
        因政府信息公开被申请行政复议{reviews}件。
        因政府信息公开引起的行政复议案件{reviews}件，其中维持8件、纠正2件。
        涉及政府信息公开的行政诉讼{suits}件，其中一审3件、二审2件。
        全年办理行政复议案件58件，行政应诉12件，与本机关职能有关。
        未发生因政府信息公开不当引发的行政复议。
        未发生行政诉讼败诉情形，政府信息公开工作平稳。
        区政府办公室受理政府信息公开申请{received}件。
        及时办结依申请公开事项，平均每件用时9个工作日。
        按申请人要求补正政府信息公开申请7件，均已补正。
        申请人撤回政府信息公开申请2件。
        共收到政府信息公开申请三百一十八件。
        2023年度，收到依申请公开{received}件（宗）。
        规范办理依申请公开，无一例超期，无投诉举报。
        """)];

    public static TheoryData<string> Citations => [.. Lines(
        """
        根据《中华人民共和国政府信息公开条例》（中华人民共和国国务院令第711号，以下简称《条例》）要求，规范开展工作。
        认真落实《中华人民共和国政府信息公开条例》（国令第 711 号）和国办公开办函〔2021〕30号要求。
        按照《条例》和《国务院办公厅关于印发2022年政务公开工作要点的通知》（国办发〔2022〕8号）部署推进。
        按照《云州市人民政府办公室关于印发2023年政务公开工作要点的通知》（云政办发〔2023〕12号）部署推进。
        按照《关于印发2022年政务公开工作要点的通知》（云政办函〔2022〕8号）部署推进。
        学习《云州市政府信息公开信息处理费管理办法实施细则》（云政办函〔2021〕44号）。
        学习《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）。
        学习《国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知》（国办函〔2020〕109号）。
        按照《年度报告格式》（国办公开办函〔2021〕30号）编制。
        按照《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）编制。
        落实《关于规范政府信息公开平台有关事项的通知》（国办公开办函〔2019〕61号）。
        落实《政府网站发展指引》（国办发〔2017〕47号）。
        落实国务院令第711号。
        学习《中华人民共和国保守国家秘密法》《中华人民共和国个人信息保护法》。
        制定《桂山区政务公开工作规程（试行）》（桂政办〔2023〕6号）。
        转发《云州市政务公开领导小组关于开展第三方评估的通知》。
        坚持公正、公平、合法、便民的原则。
        申请人无须说明自身生产、生活、科研等方面的需要。
        召开《“十四五”规划》宣讲会，印发《政务公开明白卡》。
        《云州日报》《桂山发布》刊发政务公开稿件。
        解读《关于印发〈桂山区促进工业稳增长若干措施〉的通知》。
        公布《桂山区2023年重大行政决策事项目录》（桂政发〔2023〕2号）。
        废止《桂山区工业项目管理办法》（桂政发〔2012〕9号）。
        发布《2023年公开工作要点》和《2022年公开工作总结》。
        依据《国务院办公厅关于印发政府网站发展指引的通知》（国办发〔2017〕47号）管理网站。
        依据《财政部办公厅关于政府信息公开信息处理费收入收缴管理有关事宜的通知》（财办库〔2020〕254号）执行。
        《条例》第二十条规定的内容已全部公开。
        落实《中共中央办公厅 国务院办公厅关于全面推进政务公开工作的意见》。
        按照《国务院办公厅转发〈关于做好公开工作的意见〉的通知》推进。
        本单位地址为新河路18号，门牌号18号。
        对照《条例》第五十条第（一）项至第（五）项逐项核对。
        """)];

    public static TheoryData<string> Others => [.. Lines(
        """
        加强与申请人的沟通，充分了解申请人张贴告示等诉求。
        严格保密审查，涉密信息不得公开，严禁以涉密为由不公开机构职能。
        杜绝国家秘密、商业秘密和个人隐私上网。
        办公电话0999-8123456，传真0999-8123457，监督电话12345。
        截至2023年12月31日，专栏点击量达12345678901次。
        统一社会信用代码11990102000001038J已公示。
        公众号阅读量16000000余次。
        报名截止时间已提前公布。
        通过多种渠道、通过多种形式公开。
        一件事一次办、一网通办、最多跑一次等改革持续推进。
        信息总量100条，其中政策文件40条、工作动态60条，微信公众号发布120条。
        信息中政策文件占40%，工作动态占35%，其他占25%。
        主动公开各类信息1.2万余条。
        组织培训3次，参训120余人次。
        第一季度通过网站公开信息20条。第二季度通过网站公开信息30条。
        2023年，我局将政务公开工作纳入年度考核。
        2023年，我局将政府信息公开工作摆在重要位置。
        2024年，我局将继续加强培训。
        赴宜宾市学习考察政务公开工作。
        今年以来，区工信局、市工信局联合开展宣传。
        成立以局长为组长的领导小组，综合科负责日常工作。
        专栏网址为https://www.guishan.example.gov.cn/art/2023/13812345678.html。
        做好国家秘密、工作秘密管理，内部资料按规定保管。
        完善“公开为常态、不公开为例外”的机制。
        对照要求逐项整改，各项工作落到实处、见到实效。
        图文解读3件、视频解读2件，解读率100%。
        共有三个方面需要改进，将在下一年度逐一落实。
        全年发布政策解读6条，回应关切4次。
        审核文件公开属性128件，清理文件16件。
        行政规范性文件累计现行有效若干件，已全部公开。
        “两会”期间加强值守，十九届六中全会精神宣传到位。
        """)];

    public static TheoryData<string> Fees => [.. Lines(
        """
        2023年发出收费通知30件，总金额3000元，实际收取信息处理费3000元。
        本年度发出收费通知12份，收费通知总金额1.2万元，实际收取信息处理费1.15万元。
        依据《政府信息公开信息处理费管理办法》，2023年发出收费通知20件，收费通知总金额640元，实际收取640元。
        发出信息处理费收费通知15件，涉及金额2100元，实收2000元。
        本机关2023年度共发出收费通知二十件，总金额贰佰元，实际收取信息处理费贰佰元。
        按照国办函〔2020〕109号，2023年发出收费通知10件，应收信息处理费共1000元，实际收取1000元。
        信息处理费方面：收费通知11件，总金额1,100元，实际收取1,100元。
        收取信息处理费情况：发出收费通知19件，收费总额3800元，实收金额3800元。
        2023年度，区本级共发出政府信息公开收费通知23件，总金额4600元，实际收取总金额4600元。
        一、信息处理费。本年发出收费通知9件，总金额90元，实际收取信息处理费90元。二、无其他事项。
        """)];

    [Theory]
    [MemberData(nameof(Requests))]
    public void Requests_told_right_are_let_be(string words) =>
        AssertSilent(Clean.With("/sections/overview", InOverview(Filled(words))));

    [Theory]
    [MemberData(nameof(Citations))]
    [MemberData(nameof(Others))]
    public void Documents_and_all_else_told_right_are_let_be(string words)
    {
        AssertSilent(Clean.With("/sections/problems", words + Clean.Section("problems")));
        AssertSilent(Clean.With("/sections/overview", $"{Clean.Section("overview")}\n{words}"));
    }

    [Theory]
    [MemberData(nameof(Fees))]
    public void Fees_told_right_are_let_be(string words) => AssertSilent(Clean.With("/sections/otherMatters", words));

    private static ReportContent Clean => Samples.Whole();

    private static void AssertSilent(ReportContent content)
    {
        var around = ExampleReport.For(ExampleReport.Year, Format2021.Value).Surroundings;
        var findings = RuleBook.Assess(new RuleInput(ExampleReport.Year, Samples.Filing() with { Content = content }, around)).Findings;

        Assert.Equal([], findings.Where(finding => finding.Severity != Severity.Info).Select(finding => $"{finding.Code} {finding.Messages.Zh}"));
    }

    private static string InOverview(string words)
    {
        var overview = Clean.Section("overview")!;
        return $"{overview[..overview.IndexOf("（二）", StringComparison.Ordinal)]}（二）依申请公开情况。{words}\n{overview[overview.IndexOf("（三）", StringComparison.Ordinal)..]}";
    }

    private static string Filled(string words)
    {
        decimal Of(string row, string column = "total", string table = "applications") => Clean.Cell(new(table, row, column))!.Value;
        return words
            .Replace("{received}", $"{Of("received")}", StringComparison.Ordinal).Replace("{handled}", $"{Of("totalHandled")}", StringComparison.Ordinal)
            .Replace("{in}", $"{Of("carriedIn")}", StringComparison.Ordinal).Replace("{over}", $"{Of("carriedOver")}", StringComparison.Ordinal)
            .Replace("{all}", $"{Of("received") + Of("carriedIn")}", StringComparison.Ordinal).Replace("{natural}", $"{Of("received", "naturalPerson")}", StringComparison.Ordinal)
            .Replace("{granted}", $"{Of("granted")}", StringComparison.Ordinal).Replace("{partial}", $"{Of("partiallyGranted")}", StringComparison.Ordinal)
            .Replace("{reviews}", $"{Of("reconsideration", table: "disputes")}", StringComparison.Ordinal)
            .Replace("{suits}", $"{Of("litigation", table: "disputes") + Of("litigationAfterReconsideration", table: "disputes")}", StringComparison.Ordinal);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
