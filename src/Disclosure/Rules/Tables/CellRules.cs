using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Rules.Examples;
using Disclosure.Rules.Structure;

namespace Disclosure.Rules.Tables;

/// <summary>T2-001, T2-002, T2-009, T3-004, T3-005, T4-002: what a single cell may hold, one flaw for each row.</summary>
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
        Blank("T2-002", "proactive", Severity.Warning) with
        {
            Holds = Example.Of(("/tables/proactive/penalties/decisions", "0")),
            Breaks = Example.Of(("/readings/tables/proactive/penalties/decisions", "")),
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
        Blank("T3-005", "applications", Severity.WaivableError) with
        {
            Holds = Example.Of(),
            Breaks = Example.Of(("/tables/applications/granted/enterprise", null)),
        },
        new("T4-002", Severity.WaivableError, new("复议、诉讼件数", "Counts of disputes"),
            new("件数未填写（可说明理由），或不是非负整数（错误）", "A count is blank (waivable), or not a non-negative integer (error)"), Annex,
            input => OutOfRange("disputes", _ => true, input).Concat(Blanks("disputes", input)))
        {
            OtherSeverities = [Severity.Error],
            Holds = Example.Of(),
            Breaks = Example.Of(("/tables/disputes/reconsideration/otherResult", null)),
        },
    ];

    /// <summary>Rules that say of a number that it can stand in no report; such a number is not even kept in a draft.</summary>
    public static IReadOnlyList<string> RangeCodes { get; } = ["T2-001", "T2-009", "T3-004", "T4-002"];

    private static Rule Blank(string code, string table, Severity severity) =>
        new(code, severity,
            new("未填写", "Blank cell"),
            new("表格有该行，但单元格未填写数字；没有数据应填0", "The table has the row, but a cell holds no number; where there is nothing, 0 belongs"),
            Annex, input => Blanks(table, input))
        {
            Holds = Example.Clean,
            Breaks = Example.Clean,
        };

    private static IEnumerable<Flaw> OutOfRange(string table, Func<Cell, bool> covers, RuleInput input) =>
        from address in input.Content.Cells.Keys.Where(address => address.Table == table).OrderBy(address => address.Pointer, StringComparer.Ordinal)
        let cell = input.Table(table).Find(address) ?? KnownFormats.FindCell(address)!
        where covers(cell) && !CellNumber.Fits(cell.Column, input.Content.Cells[address])
        group cell by cell.Row.Key into row
        let cells = row.ToList()
        select new Flaw(
            $"“{string.Join("”“", cells.Select(Labels.Zh))}”应为{Wanted(cells[0].Column).Zh}",
            $"{string.Join(", ", cells.Select(Labels.En))} must be {Wanted(cells[0].Column).En}",
            [.. cells.Select(cell => cell.Address.Pointer)]);

    private static IEnumerable<Flaw> Blanks(string table, RuleInput input)
    {
        var missing = FormRules.Missing(input, table).SelectMany(part => part.Cells).Select(cell => cell.Address).ToHashSet();
        return from cell in input.Table(table).Cells
               where input.Content.Cell(cell.Address) is null && !missing.Contains(cell.Address)
               group cell by cell.Row.Key into row
               let cells = row.ToList()
               select new Flaw(
                   $"“{string.Join("”“", cells.Select(Labels.Zh))}”未填写，没有数据请填0",
                   $"{string.Join(", ", cells.Select(Labels.En))} is blank; enter 0 where there is none",
                   [.. cells.Select(cell => cell.Address.Pointer)]);
    }

    private static Message Wanted(Column column) => column switch
    {
        { Decimals: > 0 } => new($"不小于0、小数不超过{column.Decimals}位的金额", $"an amount of at least 0 with at most {column.Decimals} decimals"),
        { Signed: true } => new("整数", "an integer"),
        _ => new("非负整数", "a non-negative integer"),
    };
}
