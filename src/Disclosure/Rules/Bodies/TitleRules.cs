using System.Globalization;
using Disclosure.Prose;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Bodies;

/// <summary>ID-001 to ID-003: whether the title names the right report of the right body.</summary>
internal static class TitleRules
{
    private const string Standard = "政府信息公开工作年度报告";
    private const string Article = "《中华人民共和国政府信息公开条例》第四十九条";

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("ID-001", Severity.Warning,
            new("标题写法", "Wording of the title"),
            new("去掉空白后，标题不是“机关名称+年份+年政府信息公开工作年度报告”，也不是“年份+年+机关名称+政府信息公开工作年度报告”",
                "Blanks aside, the title is neither agency, year and 年政府信息公开工作年度报告, nor year, 年, agency and 政府信息公开工作年度报告"),
            "年报标题通行写法", Title)
        {
            Holds = Example.Of(("/title", "2023 年云州市桂山区工业和信息化局政府信息公开工作年度报告")),
            Breaks = Example.Of(("/title", "云州市桂山区工业和信息化局2023年度政府信息公开工作年度报告")),
        },
        new("ID-002", Severity.WaivableError,
            new("标题年份", "Year in the title"),
            new("标题中的年份与报告年度不符；标题没有年份的为警告", "The year in the title is not the report year; a title without a year is a warning"),
            Article, Year)
        {
            OtherSeverities = [Severity.Warning],
            Holds = Example.Of(("/title", "二〇二三年云州市桂山区工业和信息化局政府信息公开工作年度报告")),
            Breaks = Example.Of(("/title", "云州市桂山区工业和信息化局2022年政府信息公开工作年度报告")),
        },
        new("ID-003", Severity.Warning,
            new("标题机关", "Agency in the title"),
            new("标题中的机关名称与登记名称互不包含（省略上级地名不算）；恰为另一登记机关名称的为错误",
                "The agency in the title and the registered name do not contain each other, leaving out regions above it; the exact name of another registered body is an error"),
            Article, Agency)
        {
            OtherSeverities = [Severity.Error],
            Needs = [Need.Agency],
            Holds = Example.Of(("/agencyName", "桂山区工业和信息化局")),
            Breaks = Example.Of(("/agencyName", "云州市桂山区财政局")),
        },
    ];

    private static IEnumerable<Flaw> Title(RuleInput input)
    {
        var title = Words.Squeeze(input.Content.Title);
        var year = input.Year.ToString(CultureInfo.InvariantCulture);
        var agency = Words.Squeeze(input.Filing.AgencyName ?? input.Surroundings.Agency?.Name);
        var end = $"年{Standard}";
        var isStandard = title.EndsWith(Standard, StringComparison.Ordinal)
            && (YearBefore(title, end) is not null || (title.Length > 5 && Digits(title[..4]) is not null && title[4] == '年' && title[5] != '度'));
        if (title.Length > 0 && !isStandard)
        {
            yield return new Flaw($"标题建议为“{agency}{year}{end}”", $"The title should read \"{agency}{year}{end}\"", "/title");
        }
    }

    private static IEnumerable<Flaw> Year(RuleInput input)
    {
        var title = Words.Squeeze(input.Content.Title);
        if (title.Length == 0)
        {
            yield break;
        }
        var years = Enumerable.Range(0, Math.Max(0, title.Length - 4)).Where(i => title[i + 4] == '年').Select(i => Digits(title.Substring(i, 4))).OfType<int>().ToList();
        if (years.Count == 0)
        {
            yield return new Flaw("标题未写明年份", "The title has no year", "/title") { Severity = Severity.Warning };
        }
        else if (!years.Contains(input.Year))
        {
            yield return new Flaw($"标题年份{years[0]}与报告年度{input.Year}不符", $"The title says {years[0]}, the report is for {input.Year}", "/title")
            {
                Stated = years[0],
                Computed = input.Year,
            };
        }
    }

    private static IEnumerable<Flaw> Agency(RuleInput input)
    {
        var registered = Words.Squeeze(input.Surroundings.Agency!.Name);
        var printed = Words.Squeeze(input.Filing.AgencyName);
        var isAnothers = input.Surroundings.Named is { } named && named.Code != input.Surroundings.Agency.Code && Words.Squeeze(named.Name) == printed;
        // The name of the superior office is contained in one's own and is another's all the same.
        if (printed.Length == 0 || printed == registered || (!isAnothers && (ShortForm.IsOf(printed, registered) || ShortForm.IsOf(registered, printed))))
        {
            yield break;
        }
        yield return new Flaw(
            isAnothers ? $"标题机关“{printed}”是另一登记机关，本报告属于“{registered}”" : $"标题机关名称“{printed}”与登记名称“{registered}”不符",
            isAnothers ? $"\"{printed}\" in the title is another registered body; this report is that of \"{registered}\"" : $"The agency in the title, \"{printed}\", is not the registered \"{registered}\"",
            "/title")
        {
            Severity = isAnothers ? Severity.Error : null,
        };
    }

    private static int? YearBefore(string title, string end) =>
        title.EndsWith(end, StringComparison.Ordinal) && title.Length > end.Length + 4 ? Digits(title[^(end.Length + 4)..^end.Length]) : null;

    /// <summary>A year in Arabic or Chinese digits, of any width.</summary>
    private static int? Digits(string four)
    {
        var year = 0;
        foreach (var c in four)
        {
            var digit = char.IsDigit(c) ? (int)char.GetNumericValue(c) : c is 'O' or 'Ｏ' or '○' or '零' ? 0 : "〇一二三四五六七八九".IndexOf(c, StringComparison.Ordinal);
            if (digit < 0)
            {
                return null;
            }
            year = (year * 10) + digit;
        }
        return year is >= 1990 and <= 2099 ? year : null;
    }
}
