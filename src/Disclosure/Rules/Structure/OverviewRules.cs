using Disclosure.Agencies;
using Disclosure.Prose;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Structure;

/// <summary>STR-013, STR-014, STR-018, STR-020: what section one must speak of, how long it may be, and what the preamble announces.</summary>
internal static class OverviewRules
{
    private const string Notice = "国办公开办函〔2021〕30号";
    private const string Overview = "/sections/overview";
    private const int MostCharacters = 1_000;

    /// <summary>The five aspects, and words by which reports are seen to name them.</summary>
    private static readonly (string Zh, string En, string[] Words)[] _aspects =
    [
        ("主动公开", "proactive disclosure", ["主动公开", "主动发布"]),
        ("依申请公开", "disclosure on request", ["依申请", "申请公开", "公开申请"]),
        ("政府信息管理", "management of information",
            ["信息管理", "公开管理", "管理情况", "管理方面", "管理工作", "规范管理", "加强管理", "资源管理", "发布管理", "管理制度", "公开属性", "动态调整", "清理"]),
        ("平台建设", "platforms", ["平台", "网站", "新媒体", "公众号", "专栏", "栏目"]),
        ("监督保障", "supervision and support", ["监督", "保障", "考核", "培训", "评议"]),
    ];

    /// <summary>The six sections, and words by which a list in the preamble names them.</summary>
    private static readonly string[][] _parts = [["总体情况", "概述", "概况", "基本情况"], ["主动公开"], ["申请"], ["复议", "诉讼"], ["问题"], ["其他需要", "其它需要", "其他事项", "其他应"]];

    private static readonly Phrases _announced = new("部分组成", "部分内容", "部分构成");

    private static readonly Dictionary<char, int> _numbers = new()
    {
        ['三'] = 3, ['四'] = 4, ['五'] = 5, ['六'] = 6, ['七'] = 7, ['八'] = 8,
        ['3'] = 3, ['4'] = 4, ['5'] = 5, ['6'] = 6, ['7'] = 7, ['8'] = 8,
    };

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("STR-013", Severity.Warning,
            new("总体情况内容", "Aspects of the overview"),
            new("总体情况未涉及主动公开、依申请公开、政府信息管理、平台建设、监督保障五个方面之一；有相近说法即算涉及",
                "Section one says nothing on one of the five aspects; any wording near to it counts"),
            Notice, Aspects)
        {
            Holds = Example.Of((Overview, "主动发布信息若干条。依申请公开工作规范有序。定期清理文件。维护门户网站。组织业务培训。")),
            Breaks = Example.Of((Overview, "主动发布信息若干条。依申请公开工作规范有序。维护门户网站。组织业务培训。")),
        },
        new("STR-014", Severity.Info,
            new("考核、评议和责任追究", "Appraisal, public review and accountability"),
            new("一级政府的年报未提及工作考核、社会评议和责任追究结果。多数政府年报均未提及，故仅提示",
                "The report of a government as a whole mentions neither appraisal nor public review nor accountability; as most do not, it is only told"),
            "《中华人民共和国政府信息公开条例》第五十条第一款第四项", Accountability)
        {
            Needs = [Need.Agency],
            Holds = Example.Of((Overview, "（一）主动公开。（二）依申请公开。（三）信息管理。（四）平台建设。（五）监督保障。")),
            Breaks = Example.Of(
                ("/surroundings/agency/kind", "government"),
                (Overview, "（一）主动公开。（二）依申请公开。（三）信息管理。（四）平台建设。（五）监督保障。")),
        },
        new("STR-018", Severity.Warning,
            new("所称部分数", "Announced number of parts"),
            new("前言称年报由若干部分组成，随后所列的部分与之不符", "The preamble says how many parts the report has and lists another number"),
            "年报前后一致", Parts)
        {
            Holds = Preamble("由六部分组成：总体情况、主动公开、依申请公开、行政复议和行政诉讼、主要问题、其他需要报告的事项。"),
            Breaks = Preamble("由六部分组成：总体情况、主动公开、依申请公开、行政复议和行政诉讼、主要问题。"),
        },
        new("STR-020", Severity.Warning,
            new("总体情况篇幅", "Length of the overview"),
            new("2021年及以后，总体情况超过1000个汉字（数字、字母和标点不计）", "From report year 2021 on, section one has more than 1,000 Chinese characters; digits, letters and marks do not count"),
            Notice + "：原则上不超过一千字", Length)
        {
            FromYear = 2021,
            Holds = Example.Of((Overview, LongText(MostCharacters))),
            Breaks = Example.Of((Overview, LongText(MostCharacters + 1))),
        },
    ];

    private static IEnumerable<Flaw> Aspects(RuleInput input)
    {
        var words = input.Prose("overview");
        var missing = input.Content.Section("overview") is null ? [] : _aspects.Where(aspect => !Words.HasAny(words, aspect.Words)).ToList();
        if (missing.Count > 0)
        {
            yield return new Flaw(
                $"总体情况未涉及“{string.Join("”“", missing.Select(aspect => aspect.Zh))}”",
                $"The overview does not cover {string.Join(", ", missing.Select(aspect => aspect.En))}", Overview);
        }
    }

    private static IEnumerable<Flaw> Accountability(RuleInput input)
    {
        if (input.Surroundings.Agency!.Kind == AgencyKind.Government && input.Content.Section("overview") is not null
            && !Words.HasAny(input.AllProse, "考核", "评议", "评估", "责任追究", "追责", "问责", "追究责任"))
        {
            yield return new Flaw("政府年报应报告考核、评议和责任追究结果", "A government's report is to state the results of appraisal, public review and accountability", Overview);
        }
    }

    private static IEnumerable<Flaw> Parts(RuleInput input)
    {
        var preamble = input.Prose("preamble");
        if (_announced.All(preamble).Select(word => (At: word.From, Number: Announced(preamble, word.From))).FirstOrDefault(word => word.Number is not null) is not { Number: { } announced, At: var at })
        {
            yield break;
        }
        var rest = preamble[at..];
        var sentence = rest.IndexOf('。', StringComparison.Ordinal) is > 0 and var end ? rest[..end] : rest;
        // Lists that name what the form does not have (an index, annexes) cannot be counted by its sections.
        var listed = _parts.Count(part => Words.HasAny(sentence, part));
        listed = listed > 0 ? listed : _parts.Count(part => Words.HasAny(preamble[ListBegin(preamble, at)..at], part));
        if ((announced == _parts.Length && listed is >= 3 and < 6) || (announced < _parts.Length && listed == _parts.Length))
        {
            yield return new Flaw($"称有{announced}部分，实际列出{listed}部分", $"Says {announced} parts and lists {listed}", "/sections/preamble")
            {
                Stated = announced,
                Computed = listed,
            };
        }
    }

    private static int? Announced(string preamble, int at)
    {
        var number = at > 0 && preamble[at - 1] == '个' ? at - 2 : at - 1;
        return number >= 0 && _numbers.TryGetValue(preamble[number], out var announced) ? announced : null;
    }

    /// <summary>Where a list before 六部分组成 begins: behind 由 or 包括 in the same sentence.</summary>
    private static int ListBegin(string preamble, int end)
    {
        var sentence = preamble.LastIndexOf('。', end) + 1;
        return Math.Max(preamble.LastIndexOf('由', end), preamble.LastIndexOf("包括", end, StringComparison.Ordinal)) is var begin && begin >= sentence ? begin : end;
    }

    private static IEnumerable<Flaw> Length(RuleInput input)
    {
        var count = Words.HanCount(input.Prose("overview"));
        if (count > MostCharacters)
        {
            yield return new Flaw($"总体情况{count}字，原则上不超过{MostCharacters}字", $"The overview has {count} characters; as a rule at most {MostCharacters}", Overview)
            {
                Stated = count,
                Computed = MostCharacters,
            };
        }
    }

    /// <summary>An overview of so many characters that speaks of every aspect.</summary>
    private static string LongText(int characters)
    {
        const string Aspects = "主动公开依申请公开信息管理平台建设监督保障";
        const string Filler = "及时更新相关内容并做好检索下载服务";
        return Aspects + string.Concat(Enumerable.Range(0, characters - Aspects.Length).Select(i => Filler[i % Filler.Length]));
    }

    private static Example Preamble(string sentence) => Example.Of(("/sections/preamble", ExampleProse.Basis(ExampleReport.Year) + sentence));
}
