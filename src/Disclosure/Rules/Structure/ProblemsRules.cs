using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Structure;

/// <summary>STR-015 to STR-017: section five must name problems and say how they are mended.</summary>
internal static class ProblemsRules
{
    private const string Article = "《中华人民共和国政府信息公开条例》第五十条第一款第四项";
    private const string Problems = "/sections/problems";
    private const int FewestCharacters = 20;

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("STR-015", Severity.WaivableError,
            new("第五部分为空", "Empty section five"),
            new("第五部分为空、“无”，或不足20个汉字", "Section five is empty, \"无\", or has fewer than 20 Chinese characters"),
            Article, Empty)
        {
            Holds = Example.Of((Problems, "针对2022年存在的问题已整改到位，今年解读形式仍单一，将改进提升。")),
            Breaks = Example.Of((Problems, "无。")),
        },
        new("STR-016", Severity.Warning,
            new("问题与改进", "Problems and improvements"),
            new("第五部分只有问题没有改进情况，或者只有改进情况没有问题", "Section five tells problems without improvements, or improvements without problems"),
            Article, OneSided)
        {
            Implies = ["STR-017"],
            Holds = Example.Of((Problems, "对照2022年情况，政策解读的深度仍有欠缺，今后要安排专人负责这项工作。")),
            Breaks = Example.Of((Problems, "存在的主要问题是政策解读的形式比较单一，与公众的期待相比有差距。")),
        },
        new("STR-017", Severity.Info,
            new("上年问题的改进", "Last year's problems"),
            new("第五部分未提及上年度的问题或其整改", "Section five does not refer to last year's problems or how they were mended"),
            Article, LastYears)
        {
            Holds = Example.Of((Problems, "上一年度提出的栏目更新问题已全部整改。目前解读形式比较单一，下一步将丰富形式。")),
            Breaks = Example.Of((Problems, "目前存在的主要问题是解读形式比较单一。下一步将丰富图文解读，并按季度开展培训。")),
        },
    ];

    private static IEnumerable<Flaw> Empty(RuleInput input)
    {
        if (input.Content.Section("problems") is not null && IsEmpty(input))
        {
            yield return new Flaw("存在的主要问题及改进情况不得为空", "Problems and improvements must not be empty", Problems);
        }
    }

    private static IEnumerable<Flaw> OneSided(RuleInput input)
    {
        if (IsEmpty(input))
        {
            yield break;
        }
        var words = input.Prose("problems");
        var problems = Words.HasAny(words, "问题", "不足", "差距", "有待", "不够", "薄弱", "短板", "欠缺", "需要", "需进一步", "还需", "仍需", "尚需", "不高", "不强", "不全", "不深", "不及时", "困难", "单一", "滞后", "缺乏", "偏少", "较少");
        var improvements = Words.HasAny(words, "改进", "下一步", "将", "加强", "加大", "措施", "提升", "提高", "完善", "今后", "整改", "努力", "优化", "强化", "继续", "推进", "规范", "严格", "健全", "解决");
        if (!problems || !improvements)
        {
            var (zh, en) = problems ? ("改进情况", "improvements") : ("存在的问题", "problems");
            yield return new Flaw($"第五部分缺少{zh}", $"Section five lacks {en}", Problems);
        }
    }

    private static IEnumerable<Flaw> LastYears(RuleInput input)
    {
        var words = input.Prose("problems");
        if (!IsEmpty(input) && !Words.HasAny(words, $"{input.Year - 1}年", "上年", "上一年", "去年", "往年", "整改", "以前年度"))
        {
            yield return new Flaw("建议说明上年度问题的改进情况", "Consider telling how last year's problems were mended", Problems);
        }
    }

    private static bool IsEmpty(RuleInput input) => Words.HanCount(input.Prose("problems")) < FewestCharacters;
}
