using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Rules.Examples;
using Disclosure.Rules.Tables;

namespace Disclosure.Rules.Structure;

/// <summary>STR-009 to STR-012: whether a table has what its form asks for, nothing else, and under the form's own labels.</summary>
internal static class TableRules
{
    private const string Annex = "国办公开办函〔2021〕30号、〔2019〕60号附件表格";

    private const int Telling = 10;

    /// <summary>A row or a column of the form of which the filing has no cell.</summary>
    public sealed record MissingPart(string Pointer, Message Name, IReadOnlyList<Cell> Cells)
    {
        /// <summary>Whether the part's own words stand unread beside the table: then the reader missed it, not the agency.</summary>
        public bool IsUnread { get; init; }
    }

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("STR-009", Severity.Error,
            new("缺少行或列", "Missing row or column"),
            new("所采用格式要求的行或列整个不存在。文档中有该行文字而未能读出数字的，可说明理由（可豁免）",
                "A row or column that the table's own form requires is not there at all. Where the document has the row's words and its numbers could not be read, it is waivable"),
            Annex, MissingParts)
        {
            OtherSeverities = [Severity.WaivableError],
            Holds = Example.Of(("/forms/disputes", null)),
            Breaks = Example.Of(("/tables/disputes/litigation", null)),
        },
        new("STR-010", Severity.Warning,
            new("格式以外的行或列", "Row or column beside the form"),
            new("表格中有其所采用格式没有的行或列", "A table has a row or column that its form does not have"),
            Annex, Extra)
        {
            Holds = Example.Of(),
            Breaks = Example.Of(("/tables/proactive/procurement/projects", "3")),
        },
        new("STR-011", Severity.Warning,
            new("表头有误", "Wrong label"),
            new("行或列的名称与统一格式不同（空白、全半角和序号标点不计）。混用格式时另一格式的名称由STR-008提示；被断开的名称不提示",
                "A label differs from the form's, blanks, widths and marks after ordinals aside. Labels of the other form in mixed tables are told by STR-008; a label that the layout cut off is not told"),
            Annex, WrongLabels)
        {
            Holds = Label("/tables/applications/received", "一.本年新收政府信息公开申请数量"),
            Breaks = Label("/tables/proactive/governmentRules/repealed", "本年度止件数"),
        },
        new("STR-012", Severity.Error,
            new("缺少表格", "No table"),
            new("第二、三、四部分中有一部分没有表格；此时不再报该表的单元格。该部分留有未能读出的表格文字的，可说明理由（可豁免）",
                "Section two, three or four has no table; this replaces all findings on its cells. Where words of the table stand unread in the section, it is waivable"),
            Annex, NoTable)
        {
            OtherSeverities = [Severity.WaivableError],
            Holds = Example.Of(("/sections/disputes", "本年度有关情况如下表。")),
            Breaks = Example.Of(("/tables/disputes", null)),
        },
    ];

    /// <summary>Whether the filing has any cell of this table, if only a blank one.</summary>
    public static bool HasAnything(RuleInput input, string table) =>
        KnownFormats.TableKeys.Contains(table, StringComparer.Ordinal)
        && (input.Content.Cells.CountOf(table) > 0 || input.Table(table).Cells.Any(cell => input.IsMarkedBlank(cell.Address)));

    /// <summary>The rows and columns of the table's form without any cell in the filing. Cells that the document has but leaves empty are blank, not missing.</summary>
    public static IReadOnlyList<MissingPart> Missing(RuleInput input, string table) =>
        input.IsWhole(table) ? [] : [.. input.Table(table).Blocks.SelectMany(block => Missing(input, table, block))];

    private static IEnumerable<MissingPart> Missing(RuleInput input, string table, Block block)
    {
        bool IsAbsent(Row row, Column column) =>
            new CellAddress(table, row.Key, column.Key) is var address && input.Content.Cell(address) is null && !input.IsMarkedBlank(address);

        var rows = block.Rows.Where(row => block.Columns.All(column => IsAbsent(row, column))).ToList();
        foreach (var row in rows)
        {
            yield return new MissingPart($"/tables/{table}/{row.Key}", new(Labels.Zh(row), row.Key), Cells(input, table, [row], block.Columns))
            {
                IsUnread = StandsUnread(input, table, row),
            };
        }
        if (rows.Count == block.Rows.Count)
        {
            yield break;
        }
        foreach (var column in block.Columns.Where(column => block.Rows.All(row => IsAbsent(row, column))))
        {
            var cells = Cells(input, table, block.Rows, [column]);
            yield return new MissingPart(cells[0].Address.Pointer, new(Labels.Zh(column), column.Key), cells);
        }
    }

    private static List<Cell> Cells(RuleInput input, string table, IReadOnlyList<Row> rows, IReadOnlyList<Column> columns) =>
        [.. from row in rows from column in columns select input.Table(table).Find(new CellAddress(table, row.Key, column.Key))!];

    /// <summary>Where forms are mixed, rows that only one of them has are what STR-008 already tells.</summary>
    private static IEnumerable<Flaw> MissingParts(RuleInput input) =>
        from table in KnownFormats.TableKeys
        where HasAnything(input, table)
        from part in Missing(input, table)
        where !input.MixesForms || part.Cells.Any(cell => KnownFormats.All.All(format => format.Table(table).Find(cell.Address) is not null))
        select new Flaw(
            part.IsUnread ? $"未能读出“{part.Name.Zh}”的数字" : $"表格缺少“{part.Name.Zh}”",
            part.IsUnread ? $"The numbers of \"{part.Name.En}\" could not be read" : $"Row or column \"{part.Name.En}\" is missing",
            [part.Pointer, .. part.Cells.Select(cell => cell.Address.Pointer).Where(pointer => pointer != part.Pointer)])
        {
            Severity = part.IsUnread ? Severity.WaivableError : null,
        };

    private static IEnumerable<Flaw> Extra(RuleInput input)
    {
        var given = KnownFormats.TableKeys.All(input.IsWhole) ? [] : input.Content.Cells.Keys;
        var rows = from address in given
                   where input.Table(address.Table).Find(address) is null
                   group address by (address.Table, address.Row) into row
                   orderby row.Key.Table, row.Key.Row
                   select row;
        foreach (var row in rows)
        {
            var label = Labels.Zh(KnownFormats.FindCell(row.First())!.Row);
            yield return new Flaw(
                $"存在统一格式以外的行或列：“{label}”", $"Row or column \"{row.Key.Row}\" is not part of the form that the table follows",
                [.. row.Select(address => address.Pointer).Order(StringComparer.Ordinal)]);
        }
        foreach (var note in input.Filing.Notes.Where(note => note.Code is "extra-row" or "extra-column" && Words.HanCount(note.Messages.Zh[note.Messages.Zh.IndexOf('“', StringComparison.Ordinal)..]) > 4))
        {
            yield return new Flaw(note.Messages.Zh, note.Messages.En, note.At ?? "/tables");
        }
    }

    private static IEnumerable<Flaw> WrongLabels(RuleInput input)
    {
        for (var i = 0; input.Content.Word($"/source/labels/{i}/at") is { } at; i++)
        {
            var printed = input.Content.Word($"/source/labels/{i}/printed") ?? "";
            var official = OfficialLabels(input, at);
            if (official.Count > 0 && !official.Exists(label => LabelWords.Same(label, printed)) && !(input.MixesForms && IsOtherForms(at, printed)))
            {
                yield return new Flaw($"表头有误：“{printed}”应为“{official[0]}”", $"Label \"{printed}\" should read \"{official[0]}\"", $"/source/labels/{i}/printed", at);
            }
        }
    }

    /// <summary>What may be printed at this place: a cell stands for its column.</summary>
    private static List<string> OfficialLabels(RuleInput input, string at) => at.Split('/') switch
    {
        ["", "tables", var table, var row] => [.. input.Table(table).Rows.Where(known => known.Key == row).Select(known => known.Label)],
        ["", "tables", var table, var row, var column] => input.Table(table).Find(new CellAddress(table, row, column)) is { } cell ? [cell.Column.Label] : [],
        _ => [],
    };

    private static bool IsOtherForms(string at, string printed) =>
        at.Split('/') is ["", "tables", var table, var row, ..]
        && KnownFormats.All.SelectMany(format => format.Table(table).Rows).Any(known => known.Key == row && LabelWords.Same(known.Label, printed));

    private static IEnumerable<Flaw> NoTable(RuleInput input) =>
        from table in KnownFormats.TableKeys
        where !HasAnything(input, table) && !SectionRules.IsMissing(input, table)
        let isUnread = input.Table(table).Rows.Count(row => StandsUnread(input, table, row)) > 2 || NumbersIn(input.Content.Section(table)) >= Telling
        select new Flaw(
            isUnread ? $"“{Sections.Find(table)!.Heading}”的表格未能读出" : $"“{Sections.Find(table)!.Heading}”缺少表格",
            isUnread ? $"The table of section \"{table}\" could not be read" : $"Section \"{table}\" has no table",
            $"/tables/{table}")
        {
            Severity = isUnread ? Severity.WaivableError : null,
        };

    /// <summary>How many numbers stand by themselves in this text; a table that could not be read leaves many.</summary>
    private static int NumbersIn(string? prose) => prose?.Split([' ', '\t', '\n', '|']).Count(word => word.Length > 0 && word.All(char.IsDigit)) ?? 0;

    private static bool StandsUnread(RuleInput input, string table, Row row) =>
        input.Content.Section(table) is { Length: > 0 } && LabelWords.StandIn(input.Prose(table), row.Label);

    private static Example Label(string at, string printed) => Example.Of(("/source/labels/0/at", at), ("/source/labels/0/printed", printed));
}
