using Disclosure.Formats;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Tables;

/// <summary>T3-006 to T3-013: what the figures of table 3 make one ask, though every sum holds.</summary>
internal static class RequestRules
{
    private const string Regulation = "《中华人民共和国政府信息公开条例》";
    private const int FeesSince = 2021;
    private static readonly string[] _otherHandling = ["otherHandling", "otherHandling.other"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("T3-006", Severity.Error,
            new("尚无信息处理费", "No processing fee yet"),
            new("2021年以前的年报填有“逾期未按收费通知要求缴纳费用”", "A report for a year before 2021 counts requests dropped for an unpaid fee"),
            "国办函〔2020〕109号（2021年1月1日起施行）", Unpaid)
        {
            Implies = ["STR-010"],
            Holds = new Example([]) { Year = 2022 },
            Breaks = Example.Of(
                ("/tables/applications/otherHandling.feeUnpaid/otherOrganisation", "1"),
                ("/tables/applications/otherHandling/otherOrganisation", "1"), ("/tables/applications/otherHandling/total", "8")) with { Year = 2020 },
        },
        new("T3-007", Severity.Info,
            new("“其他”占比偏高", "High share of “other”"),
            new("其他处理（2019年格式）或其他（2021年格式）超过办理总数的20%，且不少于10件", "Other handling is more than 20% of all handled, and at least 10"),
            "国办公开办函〔2019〕60号一（三）：数量较大的应予关注", Others)
        {
            Holds = Example.Of(),
            Breaks = Column("naturalPerson", ("granted", 3), ("otherHandling.other", 100)),
        },
        new("T3-008", Severity.Info,
            new("结转比例偏高", "Large carry-over"),
            new("结转下年度超过新收与上年结转之和的50%，且两者之和不少于20件", "More than half of what came in is carried over, where at least 20 came in"),
            Regulation + "第三十三条", CarriedOver)
        {
            Holds = Example.Of(),
            Breaks = Column("naturalPerson", ("carriedOver", 900)),
        },
        new("T3-009", Severity.Info,
            new("首件申请计为重复", "First request counted as repeated"),
            new("本年只收到一件申请且上年没有申请，却计有重复申请", "Only one request came in and none last year, and yet one counts as repeated"),
            Regulation + "第三十六条第六项", FirstRepeated)
        {
            Needs = [Need.Previous],
            Holds = Example.Of(),
            Breaks = Example.Of(OneRequest("unprocessed.repeated")),
        },
        new("T3-010", Severity.Info,
            new("少量申请中的“大量反复申请”", "Excessive requests among few"),
            new("申请不足10件，却计有无正当理由大量反复申请", "Fewer than 10 requests came in, and yet some count as excessive"),
            Regulation + "第三十五条、第四十二条", Excessive)
        {
            Holds = Example.Of(),
            Breaks = Example.Of(OneRequest("unprocessed.excessive")),
        },
        new("T3-011", Severity.Info,
            new("申请量变化较大", "Unusual change of requests"),
            new("新收申请与上年之比大于5或小于0.2，且两年中较大者不少于20件", "Requests are more than 5 times last year's or less than a fifth, the larger being at least 20"),
            "报告应当真实准确", Change)
        {
            Needs = [Need.Previous],
            Holds = Example.Of(),
            Breaks = Column("naturalPerson", ("granted", 4000)),
        },
        new("T3-012", Severity.Warning,
            new("疑似列错位", "Columns appear shifted"),
            new("至少两行的“总计”为0或空，而“其他”恰为前面各列之和，疑似整行左移一列；文档中已按表头认定各列的行不算",
                "In two rows or more the total is 0 or blank while the last class is the sum of those before it, as if the rows were shifted by one; rows that were read by their labels do not count"),
            "国办公开办函〔2021〕30号、〔2019〕60号附件表格", Shifted)
        {
            Implies = ["T3-002", "T3-003"],
            Holds = Example.Of(),
            Breaks = Example.Of(ExampleRequests.Shifted("granted", "partiallyGranted")),
        },
        new("T3-013", Severity.Info,
            new("未按申请人类别填报", "Applicant classes not filled in"),
            new("有办理量的各行只填了总计，六类申请人均为0", "In every row with a total, the six classes of applicants are all 0"),
            "国办公开办函〔2021〕30号、〔2019〕60号附件表格“总计”", OnlyTotals)
        {
            Implies = ["T3-003"],
            Holds = Example.Of(),
            Breaks = Example.Of([.. ZeroClasses()]),
        },
    ];

    private static IEnumerable<Flaw> Unpaid(RuleInput input)
    {
        var cells = input.Year >= FeesSince
            ? []
            : input.Content.Cells.Where(cell => cell.Key is { Table: "applications", Row: "otherHandling.feeUnpaid" } && cell.Value > 0).Select(cell => cell.Key.Pointer).Order(StringComparer.Ordinal).ToList();
        if (cells.Count > 0)
        {
            yield return new Flaw($"{input.Year}年尚无信息处理费制度", $"The processing fee did not exist in {input.Year}", cells);
        }
    }

    private static IEnumerable<Flaw> Others(RuleInput input)
    {
        var (row, others) = _otherHandling.Select(key => (key, input.Requests(key))).FirstOrDefault(known => known.Item2 is not null);
        if (others >= 10 && input.Requests("totalHandled") is { } handled && others * 5 > handled)
        {
            yield return new Flaw($"“其他”{others}件，占办理总数{handled}件的比例偏高，建议说明", $"{others} of {handled} are \"other\"; consider explaining",
                Total(row), Total("totalHandled"));
        }
    }

    private static IEnumerable<Flaw> CarriedOver(RuleInput input)
    {
        var all = input.Requests("received") + input.Requests("carriedIn");
        if (all >= 20 && input.Requests("carriedOver") is { } over && over * 2 > all)
        {
            yield return new Flaw($"{all}件中有{over}件结转下年度，请核对是否超期", $"{over} of {all} are carried over; check the time limits", Total("carriedOver"), Total("received"), Total("carriedIn"));
        }
    }

    private static IEnumerable<Flaw> FirstRepeated(RuleInput input)
    {
        if (input.Requests("unprocessed.repeated") > 0 && input.Requests("received") + input.Requests("carriedIn") == 1
            && input.LastYear("applications", "received") + input.LastYear("applications", "carriedIn") == 0)
        {
            yield return new Flaw("首件申请被计为重复申请，请核对", "A first request is counted as repeated", Total("unprocessed.repeated"), Total("received"), Total("carriedIn"));
        }
    }

    private static IEnumerable<Flaw> Excessive(RuleInput input)
    {
        if (input.Requests("unprocessed.excessive") > 0 && input.Requests("received") + input.Requests("carriedIn") < 10)
        {
            yield return new Flaw("申请量较少却有“大量反复申请”，请核对", "Excessive requests, although few came in", Total("unprocessed.excessive"), Total("received"), Total("carriedIn"));
        }
    }

    private static IEnumerable<Flaw> Change(RuleInput input)
    {
        if (input.Requests("received") is { } received && input.LastYear("applications", "received") is { } last && Math.Max(received, last) >= 20
            && (received > last * 5 || received * 5 < last))
        {
            yield return new Flaw($"新收申请{received}件，上年{last}件，变化异常，请核对", $"{received} requests against {last} last year", Total("received"))
            {
                Stated = received,
                Computed = last,
            };
        }
    }

    private static IEnumerable<Flaw> Shifted(RuleInput input)
    {
        var table = input.Table("applications");
        var classes = table.Blocks[0].Columns.Single(known => known.SumOf.Count > 0).SumOf;
        var rows = table.Rows.Where(row => (input.Requests(row.Key) ?? 0) == 0 && input.Requests(row.Key, classes[^1]) > 0
            && classes.SkipLast(1).Sum(key => input.Requests(row.Key, key)) == input.Requests(row.Key, classes[^1])
            && input.Reading(new CellAddress("applications", row.Key, classes[^1]))?.State != Contents.ReadingState.Sure).ToList();
        if (rows.Count > 1)
        {
            yield return new Flaw("疑似列错位，请核对各列数据", "The columns appear to be shifted by one", [.. rows.Select(row => Total(row.Key))]);
        }
    }

    private static IEnumerable<Flaw> OnlyTotals(RuleInput input)
    {
        var table = input.Table("applications");
        var column = table.Blocks[0].Columns.Single(known => known.SumOf.Count > 0);
        var rows = table.Rows.Where(row => input.Requests(row.Key) > 0).ToList();
        if (rows.Count > 0 && rows.TrueForAll(row => column.SumOf.All(key => input.Requests(row.Key, key) == 0)))
        {
            yield return new Flaw("未按申请人类别填报", "The classes of applicants are not filled in", [.. rows.Select(row => Total(row.Key))]);
        }
    }

    private static string Total(string row) => new CellAddress("applications", row, "total").Pointer;

    /// <summary>Values for one class of applicants, with every sum put right.</summary>
    private static Example Column(string column, params IReadOnlyList<(string Row, int Value)> values) => ExampleRequests.Changed(column, values);

    private static IReadOnlyList<(string Path, string? Value)> OneRequest(string row) => ExampleRequests.Single(row);

    private static IEnumerable<(string Path, string? Value)> ZeroClasses() => ExampleRequests.OnlyTotals();
}
