using Disclosure.Prose;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Citations;

/// <summary>CIT-001 to CIT-004, CIT-009: the numbers of documents, against the titles they stand by and the calendar.</summary>
internal static class NumberRules
{
    private const string Style = "GB/T 9704—2012《党政机关公文格式》";
    private const string Registry = "所引文件的发文字号";

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("CIT-001", Severity.WaivableError,
            new("文号有误", "Wrong document number"),
            new("引用国务院及其办公厅的已知文件，标题相符而文号是国务院或国办系列的另一未知号码；国令第711号视同国务院令第711号，地方同名文件不比对，号码属于另一已知文件的按CIT-002提示",
                "A known document of the State Council or its office is cited with a number of their series that is not its own; 国令第711号 is accepted, local documents of like titles do not count, and a number that belongs to another known document is CIT-002's"),
            Registry, WrongNumbers)
        {
            Holds = Cites("《中华人民共和国政府信息公开条例》（国令第711号）和《关于印发2022年政务公开工作要点的通知》（云政办发〔2022〕15号）"),
            Breaks = Fee("按照《国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知》（国办函〔2021〕109号）"),
        },
        new("CIT-002", Severity.WaivableError,
            new("文号属于另一文件", "Number of another document"),
            new("引用的文号属于已知的另一文件，且所引标题不可能是该文件的简称", "The number cited belongs to another known document, and the title cited cannot be a short form of that one"),
            Registry, WrongTitles)
        {
            Implies = ["CIT-003"],
            Holds = Cites("《2022年政务公开工作要点》（国办发〔2022〕8号）"),
            Breaks = Cites("《国务院办公厅关于印发2022年政务公开工作要点的通知》（国办发〔2021〕12号）"),
        },
        new("CIT-003", Severity.Warning,
            new("要点年份与文号不一致", "Years of title and number differ"),
            new("年度工作要点标题中的年份与其文号的年份不同", "The year in the title of a yearly work plan is not that of its number"),
            Registry, YearsApart)
        {
            Holds = Cites("《云州市2023年政务公开工作要点》（云政办发〔2023〕7号）"),
            Breaks = Cites("《云州市2023年政务公开工作要点》（云政办发〔2022〕7号）"),
        },
        new("CIT-004", Severity.Warning,
            new("引用未来的文件", "Document from the future"),
            new("所引文号的年份晚于报送之年（报送日期未知时晚于报告年度的次年）", "The year of a cited number is later than the year of filing, or than the year after the report year where that day is not known"),
            Registry, FromTheFuture)
        {
            Holds = Cites("《云州市政务公开工作规程》（云政办发〔2024〕1号）"),
            Breaks = Cites("《云州市政务公开工作规程》（云政办发〔2028〕1号）"),
        },
        new("CIT-009", Severity.Info,
            new("文号括号", "Brackets of document numbers"),
            new("文号中的年份未用六角括号〔〕", "The year in a document number is not in the brackets 〔〕"),
            Style, OtherBrackets)
        {
            Holds = Cites("《云州市政务公开工作规程》（云政办发〔2023〕1号）"),
            Breaks = Cites("《云州市政务公开工作规程》（云政办发[2023]1号）"),
        },
    ];

    /// <summary>A sentence that cites, in front of the clean report's section five.</summary>
    private static Example Cites(string documents) => ProseExamples.Problems($"全年认真落实{documents}。");

    private static Example Fee(string words) => ProseExamples.OtherMatters($"{words}，本年度发出收费通知30件，总金额3000元，实际收取信息处理费2600元。");

    private static IEnumerable<Flaw> WrongNumbers(RuleInput input) =>
        from cited in Cited(input)
        let number = cited.Citation.Number!
        where IsOfTheState(number) && !KnownDocuments.All.Any(known => known.HasNumber(number))
        let known = KnownDocuments.All.FirstOrDefault(known => known.IsTitled(cited.Citation.Title))
        where known is not null
        select cited.Passage.Flaw(number.From, number.To,
            $"文号有误：《{known.Title}》的文号是{known.Number}，不是{cited.Passage.Quote(number.From, number.To)}",
            $"Wrong document number: 《{known.Title}》 is {known.Number}, not {cited.Passage.Quote(number.From, number.To)}");

    private static IEnumerable<Flaw> WrongTitles(RuleInput input) =>
        from cited in Cited(input)
        let number = cited.Citation.Number!
        let known = KnownDocuments.All.FirstOrDefault(known => known.HasNumber(number))
        where known is not null && !known.IsTitled(cited.Citation.Title) && !known.MayMean(cited.Citation.Title)
        select cited.Passage.Flaw(cited.Citation.From, number.To,
            $"{known.Number}是《{known.Title}》，与引用标题《{cited.Citation.Title}》不符",
            $"{known.Number} is 《{known.Title}》, not the title cited, 《{cited.Citation.Title}》");

    private static IEnumerable<Flaw> YearsApart(RuleInput input) =>
        from cited in Cited(input)
        let number = cited.Citation.Number!
        let title = cited.Citation.Title
        where title.Contains("要点", StringComparison.Ordinal)
        let year = PrintedDays.YearIn(title)
        where year is not null && number.Year is not null && year.Value.Year != number.Year
        select cited.Passage.Flaw(cited.Citation.From, number.To,
            $"标题年份{year.Value.Year}与文号年份{number.Year}不一致", $"The title is of {year.Value.Year}, its number of {number.Year}");

    private static IEnumerable<Flaw> FromTheFuture(RuleInput input)
    {
        var latest = input.Surroundings.FiledOn?.Year ?? input.Year + 1;
        return from passage in input.Passages
               from number in passage.Numbers
               where number.Year > latest
               select passage.Flaw(number.From, number.To, $"引用了尚不存在的文件：{passage.Quote(number.From, number.To)}", $"Cites a document from the future: {passage.Quote(number.From, number.To)}");
    }

    private static IEnumerable<Flaw> OtherBrackets(RuleInput input) =>
        from passage in input.Passages
        from number in passage.Numbers
        where number.Year is not null && number.Open != '〔'
        select passage.Flaw(number.From, number.To, $"文号年份应使用六角括号〔〕：{number.Standard}", $"Use 〔〕 in document numbers: {number.Standard}");

    private static IEnumerable<(Passage Passage, Citation Citation)> Cited(RuleInput input) =>
        from passage in input.Passages
        from citation in passage.Citations
        where citation.Number is not null
        select (passage, citation);

    /// <summary>Numbers of the State Council's own series. A local document may have the same title.</summary>
    private static bool IsOfTheState(DocumentNumber number) =>
        number.Issuer[0] == '国' || (number.Year is null && number.Issuer.EndsWith("国务院令", StringComparison.Ordinal));
}
