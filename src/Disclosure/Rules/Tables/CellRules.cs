using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Rules.Examples;
using Disclosure.Rules.Structure;

namespace Disclosure.Rules.Tables;

/// <summary>T2-001 to T2-004, T2-009, T3-004, T3-005, T4-002: what a single cell may hold, one flaw for each row.</summary>
internal static class CellRules
{
    private const string Annex = "国办公开办函〔2021〕30号、〔2019〕60号附件表格";

    private static readonly Message _counts = new(
        "件数不是非负整数（2019年格式的“本年增/减”可以为负）", "A count is not a non-negative integer (本年增/减 of the 2019 form may be negative)");

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("T2-001", Severity.Error, new("数值范围", "Range of values"), _counts, Annex,
            input => OutOfRange("proactive", cell => cell.Column.Decimals == 0, input))
        {
            Holds = Example.Of(("/tables/proactive/licensing/decisions", "0")),
            Breaks = Example.Of(("/tables/proactive/licensing/decisions", "-1")),
        },
        new("T2-002", Severity.Warning, new("未填写", "Blank cell"),
            new("表二有该行，但单元格未填写；没有数据应填0。填有占位符的由T2-003提示",
                "Table 2 has the row, but a cell is empty; where there is nothing, 0 belongs. A sign instead of a number is told by T2-003"),
            Annex, input => Blanks("proactive", input, cell => !IsPlaceholder(input, cell)))
        {
            Holds = Example.Of(("/tables/proactive/penalties/decisions", "0")),
            Breaks = Example.Of(("/readings/tables/proactive/penalties/decisions", "")),
        },
        new("T2-003", Severity.Warning, new("使用占位符", "Sign instead of a number"),
            new("表二的单元格填的是“/”“—”“无”“不适用”等，不是数字", "A cell of table 2 holds /, —, 无 or the like instead of a number"),
            Annex, Placeholders)
        {
            Holds = Example.Of(("/tables/proactive/penalties/decisions", "0")),
            Breaks = Example.Of(("/readings/tables/proactive/penalties/decisions", "/")),
        },
        new("T2-004", Severity.Warning, new("单元格含单位或符号", "Unit inside a cell"),
            new("表二的单元格中数字带有单位或千分位符号，已识别为数字", "A number of table 2 stands with a unit or separators inside the cell and was read without them"),
            Annex, Units)
        {
            Holds = Example.Of(("/readings/tables/proactive/fees/amount@30", "14.50")),
            Breaks = Example.Of(("/readings/tables/proactive/fees/amount@30", "145000元")),
        },
        new("T2-009", Severity.Error, new("数值范围", "Range of values"),
            new("金额为负数，或小数超过6位", "An amount is negative or has more than 6 decimals"), Annex,
            input => OutOfRange("proactive", cell => cell.Column.Decimals > 0, input))
        {
            Holds = Example.Of(("/tables/proactive/fees/amount", "13.000001")),
            Breaks = Example.Of(("/tables/proactive/fees/amount", "13.0000001")),
        },
        new("T3-004", Severity.Error, new("数值范围", "Range of values"), _counts, Annex, input => OutOfRange("applications", _ => true, input))
        {
            Holds = Example.Of(),
            Breaks = Example.Of(
                ("/tables/applications/granted/naturalPerson", "-1"), ("/tables/applications/granted/total", "104"),
                ("/tables/applications/partiallyGranted/naturalPerson", "36"), ("/tables/applications/partiallyGranted/total", "43")),
        },
        new("T3-005", Severity.WaivableError, new("未填写", "Blank cell"),
            new("表三有该行，但单元格未填写数字；没有数据应填0", "Table 3 has the row, but a cell holds no number; where there is nothing, 0 belongs"),
            Annex, input => Blanks("applications", input, _ => true))
        {
            Holds = Example.Of(),
            Breaks = Example.Of(("/tables/applications/granted/enterprise", null)),
        },
        new("T4-002", Severity.WaivableError, new("复议、诉讼件数", "Counts of disputes"),
            new("件数未填写（可说明理由），或不是非负整数（错误）", "A count is blank (waivable), or not a non-negative integer (error)"), Annex,
            input => OutOfRange("disputes", _ => true, input).Concat(Blanks("disputes", input, _ => true)))
        {
            OtherSeverities = [Severity.Error],
            Holds = Example.Of(),
            Breaks = Example.Of(("/tables/disputes/reconsideration/otherResult", null)),
        },
    ];

    /// <summary>Rules that say of a number that it can stand in no report; such a number is not even kept in a draft.</summary>
    public static IReadOnlyList<string> RangeCodes { get; } = ["T2-001", "T2-009", "T3-004", "T4-002"];

    private static IEnumerable<Flaw> OutOfRange(string table, Func<Cell, bool> covers, RuleInput input) =>
        from cell in input.Misfits
        where cell.Address.Table == table && covers(cell)
        orderby cell.Address.Pointer
        group cell by cell.Row.Key into row
        let cells = row.ToList()
        select new Flaw(
            $"“{string.Join("”“", cells.Select(Labels.Zh))}”应为{Wanted(cells[0].Column).Zh}",
            $"{string.Join(", ", cells.Select(Labels.En))} must be {Wanted(cells[0].Column).En}",
            [.. cells.Select(cell => cell.Address.Pointer)]);

    private static IEnumerable<Flaw> Blanks(string table, RuleInput input, Func<Cell, bool> covers)
    {
        var blank = !input.IsWhole(table) && TableRules.HasAnything(input, table) ? input.Table(table).Cells.Where(cell => input.Content.Cell(cell.Address) is null && covers(cell)).ToList() : [];
        if (blank.Count == 0)
        {
            return [];
        }
        var missing = TableRules.Missing(input, table).SelectMany(part => part.Cells).Select(cell => cell.Address).ToHashSet();
        return from cell in blank
               where !missing.Contains(cell.Address)
               group cell by cell.Row.Key into row
               let cells = row.ToList()
               select new Flaw(
                   $"“{string.Join("”“", cells.Select(Labels.Zh))}”未填写，没有数据请填0",
                   $"{string.Join(", ", cells.Select(Labels.En))} is blank; enter 0 where there is none",
                   [.. cells.Select(cell => cell.Address.Pointer)]);
    }

    private static bool IsPlaceholder(RuleInput input, Cell cell) =>
        input.Reading(cell.Address) is { State: ReadingState.Blank, Raw: { } raw } && Words.Squeeze(raw).Length > 0;

    private static IEnumerable<Flaw> Placeholders(RuleInput input) =>
        from cell in input.Table("proactive").Cells
        where input.Content.Cell(cell.Address) is null && IsPlaceholder(input, cell)
        let raw = input.Reading(cell.Address)!.Raw
        select new Flaw($"“{Labels.Zh(cell)}”使用占位符“{raw}”，请填数字", $"{Labels.En(cell)} holds \"{raw}\" instead of a number", cell.Address.Pointer);

    private static IEnumerable<Flaw> Units(RuleInput input) =>
        from cell in input.Table("proactive").Cells
        let value = input.Content.Cell(cell.Address)
        where value is not null && input.Reading(cell.Address) is { State: ReadingState.Sure, Raw: { } raw } && HasMoreThanANumber(raw)
        select new Flaw(
            $"“{Labels.Zh(cell)}”中含单位或符号“{input.Reading(cell.Address)!.Raw}”，已按{value}识别",
            $"{Labels.En(cell)} holds more than a number (\"{input.Reading(cell.Address)!.Raw}\") and was read as {value}", cell.Address.Pointer);

    private static bool HasMoreThanANumber(string raw)
    {
        foreach (var c in raw)
        {
            if (!char.IsWhiteSpace(c) && !char.IsDigit(c) && !".．。-−－+＋".Contains(c, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }

    private static Message Wanted(Column column) => column switch
    {
        { Decimals: > 0 } => new($"不小于0、小数不超过{column.Decimals}位的金额", $"an amount of at least 0 with at most {column.Decimals} decimals"),
        { Signed: true } => new("整数", "an integer"),
        _ => new("非负整数", "a non-negative integer"),
    };
}
