using System.Globalization;
using Disclosure.Formats;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Structure;

/// <summary>STR-001 to STR-004: the six sections, their order, and their headings.</summary>
internal static class SectionRules
{
    private const string Annex = "国办公开办函〔2021〕30号附件";
    private const int Longest = 25;

    private static readonly string[] _aspects =
    [
        "主动公开情况", "主动公开政府信息情况", "依申请公开情况", "依申请公开政府信息情况", "政府信息管理情况", "平台建设情况", "政府信息公开平台建设情况", "监督保障情况", "政府信息公开监督保障情况",
    ];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("STR-001", Severity.Error,
            new("缺少部分", "Missing section"),
            new("六个部分中有一个没有。表格所在部分以有表格为准。同一部分不会出现两次：文档中重复的标题及其内容保留在前一部分的正文中",
                "One of the six sections is not there. A section with a table counts as there when its table is. None can appear twice: what follows a repeated heading of a document is kept as prose"),
            "《中华人民共和国政府信息公开条例》第五十条", Missing)
        {
            Holds = Example.Of(("/sections/disputes", null)),
            Breaks = Example.Of(("/sections/problems", null)),
        },
        new("STR-002", Severity.Warning,
            new("部分顺序", "Order of sections"),
            new("文档中各表的先后与统一格式不同；直接填报的内容没有先后",
                "The tables of the document do not follow each other as in the form; a filing made as JSON has no order"),
            Annex, Order)
        {
            Holds = Example.Of(("/readings/tables/proactive/fees/amount@20", "12.5"), ("/readings/tables/disputes/litigation/total@90", "3")),
            Breaks = Example.Of(("/readings/tables/disputes/litigation/total@20", "3"), ("/readings/tables/proactive/fees/amount@90", "12.5")),
        },
        new("STR-003", Severity.Warning,
            new("标题序号", "Heading number"),
            new("标题的序号有误或没有序号；总体情况中独占一行、与（一）（二）并列的小标题没有序号也算", "A heading's number is wrong or absent; so is that of a sub-heading of section one that stands on a line of its own among numbered ones"),
            Annex, input => Numbers(input).Concat(SubHeadings(input)))
        {
            Holds = Heading("problems", "五、 存在的主要问题及改进情况"),
            Breaks = Heading("problems", "4、存在的主要问题及改进情况"),
        },
        new("STR-004", Severity.Info,
            new("标题用语", "Wording of a heading"),
            new("标题意思相同而用语与统一格式不同", "A heading means the same as the form's and is worded otherwise"),
            Annex, Wording)
        {
            Holds = Heading("problems", "五、存在的主要问题及改进情况 "),
            Breaks = Heading("problems", "五、存在的主要问题和改进情况"),
        },
    ];

    /// <summary>Sections of the form, without the preamble, that a filing does not give.</summary>
    public static bool IsMissing(RuleInput input, string section) =>
        input.Content.Section(section) is null && !TableRules.HasAnything(input, section);

    private static Example Heading(string section, string printed) =>
        Example.Of(("/source/headings/0/section", section), ("/source/headings/0/printed", printed));

    private static IEnumerable<Flaw> Missing(RuleInput input) =>
        from section in Sections.All
        where section.Heading is not null && IsMissing(input, section.Key)
        select new Flaw($"缺少“{section.Heading}”部分", $"Section \"{section.Key}\" ({section.Heading}) is missing", $"/sections/{section.Key}");

    private static IEnumerable<Flaw> Order(RuleInput input)
    {
        if (input.Filing.Readings.Count == 0)
        {
            yield break;
        }
        var places = (from table in KnownFormats.TableKeys
                      let lines = input.Table(table).Cells.Select(cell => input.Reading(cell.Address)?.Line).OfType<int>().ToList()
                      where lines.Count > 0
                      select (Table: table, First: lines.Min(), Last: lines.Max())).ToList();
        for (var i = 1; i < places.Count; i++)
        {
            if (places[i].Last < places[i - 1].First)
            {
                yield return new Flaw(
                    "各部分顺序与统一格式不符", "Sections are not in the prescribed order", $"/tables/{places[i].Table}", $"/tables/{places[i - 1].Table}");
                yield break;
            }
        }
    }

    private static IEnumerable<Flaw> Numbers(RuleInput input) =>
        from heading in Printed(input)
        let official = heading.Section.Heading![..1]
        where Number(heading.Printed) != official
        select new Flaw(
            $"标题序号有误：“{heading.Printed}”，应为“{official}、”", $"Heading number is wrong or missing: \"{heading.Printed}\" should begin with {official}、", heading.Pointer);

    /// <summary>Only the aspects' own names, on a line of their own and beside numbered lines, can be told from a broken sentence.</summary>
    private static IEnumerable<Flaw> SubHeadings(RuleInput input)
    {
        var prose = input.Content.Section("overview") ?? "";
        var lines = prose.Split('\n').Select(Words.Squeeze).ToList();
        if (lines.Count(line => line.Length < Longest && line.StartsWith('（') && line.IndexOf('）', StringComparison.Ordinal) == 2) < 2)
        {
            return [];
        }
        return from i in Enumerable.Range(1, Math.Max(0, lines.Count - 1))
               let line = lines[i]
               where _aspects.Contains(line, StringComparer.Ordinal) && lines[i - 1].EndsWith('。')
               select new Flaw($"小标题没有序号：“{line}”", $"The sub-heading \"{line}\" has no number", "/sections/overview");
    }

    private static IEnumerable<Flaw> Wording(RuleInput input) =>
        from heading in Printed(input)
        let official = heading.Section.Heading!
        where Bare(heading.Printed) != Bare(official)
        select new Flaw($"标题建议使用“{official}”", $"Prefer the official heading \"{official}\"", heading.Pointer);

    private static IEnumerable<(Section Section, string Printed, string Pointer)> Printed(RuleInput input)
    {
        for (var i = 0; input.Content.Word($"/source/headings/{i.ToString(CultureInfo.InvariantCulture)}/section") is { } key; i++)
        {
            var pointer = $"/source/headings/{i}";
            if (Sections.Find(key) is { Heading: not null } section && input.Content.Word($"{pointer}/printed") is { } printed)
            {
                yield return (section, printed, $"{pointer}/printed");
            }
        }
    }

    /// <summary>The ordinal before the first mark, brackets left out; null where there is none.</summary>
    private static string? Number(string heading)
    {
        var words = Words.Squeeze(heading).TrimStart('（', '(');
        return words.Length > 1 && "、.．，,）)：:".Contains(words[1], StringComparison.Ordinal) && "一二三四五六".Contains(words[0], StringComparison.Ordinal) ? words[..1] : null;
    }

    private static string Bare(string heading) => Words.Squeeze(heading).TrimStart("（(一二三四五六七八九十0123456789、.．，,）)：:".ToCharArray()).TrimEnd('：', ':', '。');
}
