using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Rules;

/// <summary>T2-001, T2-002, T2-009, T3-004, T3-005, T4-002: what a single cell may hold, one finding for each row.</summary>
internal static class CellRules
{
    private const string Annex = "国办公开办函〔2021〕30号、〔2019〕60号附件表格";

    public static IReadOnlyList<Rule> All { get; } =
    [
        Range("T2-001", "proactive", cell => cell.Column.Decimals == 0),
        Blank("T2-002", "proactive", Severity.Warning),
        Range("T2-009", "proactive", cell => cell.Column.Decimals > 0),
        Range("T3-004", "applications", _ => true),
        Blank("T3-005", "applications", Severity.WaivableError),
        Disputes(),
    ];

    /// <summary>Rules whose findings mean that a number cannot stand in any report; such a number is not even kept in a draft.</summary>
    public static IEnumerable<Finding> OutOfRange(RuleInput input) =>
        All.SelectMany(rule => rule.Check(input)).Where(finding => finding.Severity == Severity.Error);

    private static Rule Range(string code, string table, Func<Cell, bool> covers) =>
        new(code, Severity.Error,
            new("数值范围", "Range of values"),
            table == "proactive" && code == "T2-009"
                ? new Message("金额为负数，或小数超过6位", "An amount is negative or has more than 6 decimals")
                : new Message("件数不是非负整数（2019年格式的“本年增/减”可以为负）", "A count is not a non-negative integer (本年增/减 of the 2019 form may be negative)"),
            Annex,
            input => OutOfRange(code, table, covers, input));

    private static Rule Blank(string code, string table, Severity severity) =>
        new(code, severity,
            new("未填写", "Blank cell"),
            new("表格有该行，但单元格未填写数字；没有数据应填0", "The table has the row, but a cell holds no number; where there is nothing, 0 belongs"),
            Annex,
            input => Blanks(code, table, severity, input));

    /// <summary>Table 4 has one code for both; a blank can be waived, a number that cannot be is an error.</summary>
    private static Rule Disputes() =>
        new("T4-002", Severity.WaivableError,
            new("复议、诉讼件数", "Counts of disputes"),
            new("件数未填写（可说明理由），或不是非负整数（错误）", "A count is blank (waivable), or not a non-negative integer (error)"),
            Annex,
            input => OutOfRange("T4-002", "disputes", _ => true, input).Concat(Blanks("T4-002", "disputes", Severity.WaivableError, input)));

    private static IEnumerable<Finding> OutOfRange(string code, string table, Func<Cell, bool> covers, RuleInput input) =>
        from address in input.Content.Cells.Keys.Where(address => address.Table == table).OrderBy(address => address.Pointer, StringComparer.Ordinal)
        let cell = input.Table(table).Find(address) ?? KnownFormats.FindCell(address)!
        where covers(cell) && !CellNumber.Fits(cell.Column, input.Content.Cells[address])
        group cell by cell.Row.Key into row
        let cells = row.ToList()
        select Rule.Finding(code, Severity.Error, Annex, [.. cells.Select(cell => cell.Address.Pointer)],
            $"“{string.Join("”“", cells.Select(Labels.Zh))}”应为{Wanted(cells[0].Column).Zh}",
            $"{string.Join(", ", cells.Select(Labels.En))} must be {Wanted(cells[0].Column).En}");

    private static IEnumerable<Finding> Blanks(string code, string table, Severity severity, RuleInput input)
    {
        var missing = StructureRules.Missing(input, table).SelectMany(part => part.Cells).Select(cell => cell.Address).ToHashSet();
        return from cell in input.Table(table).Cells
               where input.Content.Cell(cell.Address) is null && !missing.Contains(cell.Address)
               group cell by cell.Row.Key into row
               let cells = row.ToList()
               select Rule.Finding(code, severity, Annex, [.. cells.Select(cell => cell.Address.Pointer)],
                   $"“{string.Join("”“", cells.Select(Labels.Zh))}”未填写，没有数据请填0",
                   $"{string.Join(", ", cells.Select(Labels.En))} is blank; enter 0 where there is none");
    }

    private static Message Wanted(Column column) => column switch
    {
        { Decimals: > 0 } => new($"不小于0、小数不超过{column.Decimals}位的金额", $"an amount of at least 0 with at most {column.Decimals} decimals"),
        { Signed: true } => new("整数", "an integer"),
        _ => new("非负整数", "a non-negative integer"),
    };
}
