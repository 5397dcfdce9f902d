using System.Globalization;
using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Documents.Writing;

/// <summary>Table 2: a block for each item of article 20, under its own headers. A single column is as wide as three.</summary>
internal static class ProactivePrint
{
    private const string Key = "proactive";
    private const int NumberColumns = 3;
    private static readonly IReadOnlyList<int> _widths = [42, 38, 38, 38];

    public static DocumentPart.Table Of(ReportContent content, ReportFormat format, PrintedWords printed)
    {
        var table = format.Table(Key);
        var foreign = KnownFormats.All.Where(other => other != format).SelectMany(other => other.Table(Key).Blocks)
            .Select(block => Given(content, format, block)).Where(block => block.Rows.Count > 0);
        return new DocumentPart.Table(table.Caption, _widths, 0, [.. table.Blocks.Concat(foreign).SelectMany(block => Rows(content, block, printed))]);
    }

    /// <summary>The rows of another form's block that hold a number which the report's own form has no place for.</summary>
    private static Block Given(ReportContent content, ReportFormat format, Block block) => block with
    {
        Rows = [.. block.Rows.Where(row => block.Columns.Any(column => new CellAddress(Key, row.Key, column.Key) is var at && content.Cell(at) is not null && format.Table(Key).Find(at) is null))],
    };

    private static IEnumerable<IReadOnlyList<DocumentCell>> Rows(ReportContent content, Block block, PrintedWords printed)
    {
        yield return [new DocumentCell(CellKind.ColumnHeader, block.Caption!, NumberColumns + 1)];
        yield return [new DocumentCell(CellKind.ColumnHeader, "信息内容"), .. block.Columns.Select((column, i) => new DocumentCell(CellKind.ColumnHeader, printed.Column(Key, block.Rows[0], column), Span(block, i)))];
        foreach (var row in block.Rows)
        {
            yield return [new DocumentCell(CellKind.RowHeader, printed.Row(Key, row)), .. block.Columns.Select((column, i) => Numbers.Cell(content, Key, row, column) with { Columns = Span(block, i) })];
        }
    }

    private static int Span(Block block, int column) => column == block.Columns.Count - 1 ? NumberColumns - column : 1;
}

/// <summary>Table 3: three columns of labels, of which a row uses one to three, and seven of numbers.</summary>
internal static class ApplicationsPrint
{
    private const string Key = "applications";
    private const int LabelColumns = 3;
    private const string Applicants = "申请人情况";
    private const int HeaderRows = 3;
    private static readonly IReadOnlyList<int> _widths = [12, 20, 40, 12, 12, 12, 12, 12, 12, 12];

    public static DocumentPart.Table Of(ReportContent content, ReportFormat format, PrintedWords printed)
    {
        var table = format.Table(Key);
        var rows = RowsOf(content, table);
        return new DocumentPart.Table(table.Caption, _widths, HeaderRows,
            [.. Headers(table, printed), .. rows.Select((row, i) => (IReadOnlyList<DocumentCell>)[.. Labels(rows, i, printed), .. table.Blocks[0].Columns.Select(column => Numbers.Cell(content, Key, row, column))])]);
    }

    /// <summary>The form's rows, with those of another form where they hold a number. An undivided （六）其他处理 stands before the parts, which show the form even where they are blank.</summary>
    private static List<Row> RowsOf(ReportContent content, Table table)
    {
        var rows = table.Rows.ToList();
        var foreign = KnownFormats.All.SelectMany(format => format.Table(Key).Rows).Where(row => rows.TrueForAll(own => own.Key != row.Key) && HasNumber(content, row)).DistinctBy(row => row.Key).ToList();
        foreach (var other in foreign)
        {
            var part = rows.FindIndex(row => row.Under.Count > 0 && row.Under[^1] == other.Label);
            rows.Insert(part >= 0 ? part : rows.FindIndex(row => row.SumOf.Count > 0), other);
        }
        return rows;
    }

    private static bool HasNumber(ReportContent content, Row row) => content.Cells.Keys.Any(cell => cell.Table == Key && cell.Row == row.Key);

    private static IEnumerable<IReadOnlyList<DocumentCell>> Headers(Table table, PrintedWords printed)
    {
        var (columns, first) = (table.Blocks[0].Columns, table.Rows.First());
        yield return [Header(table.Note!, LabelColumns, HeaderRows), Header(Applicants, columns.Count)];
        yield return [.. columns.Where((column, i) => column.Under is null || columns[i - 1].Under != column.Under)
            .Select(column => column.Under is { } group ? Header(group, columns.Count(other => other.Under == group)) : Header(printed.Column(Key, first, column), 1, HeaderRows - 1))];
        yield return [.. columns.Where(column => column.Under is not null).Select(column => Header(printed.Column(Key, first, column)))];
    }

    private static DocumentCell Header(string text, int columns = 1, int rows = 1) => new(CellKind.ColumnHeader, text, columns, rows);

    /// <summary>The labels that begin in a row. A spanning label begins in the first of its rows.</summary>
    private static IEnumerable<DocumentCell> Labels(List<Row> rows, int at, PrintedWords printed)
    {
        var row = rows[at];
        for (var level = 0; level < row.Under.Count; level++)
        {
            if (at == 0 || !IsUnder(rows[at - 1], row, level))
            {
                var height = rows.Skip(at).TakeWhile(other => IsUnder(other, row, level)).Count();
                yield return new DocumentCell(CellKind.RowHeader, row.Under[level], 1, height);
            }
        }
        yield return new DocumentCell(CellKind.RowHeader, printed.Row(Key, row), LabelColumns - row.Under.Count);
    }

    private static bool IsUnder(Row other, Row row, int level) => other.Under.Count > level && other.Under.Take(level + 1).SequenceEqual(row.Under.Take(level + 1));
}

/// <summary>Table 4: one line of fifteen numbers under headers of three rows.</summary>
internal static class DisputesPrint
{
    private const string Key = "disputes";
    private const int HeaderRows = 3;

    public static DocumentPart.Table Of(ReportContent content, ReportFormat format, PrintedWords printed)
    {
        var table = format.Table(Key);
        var (rows, columns) = (table.Blocks[0].Rows, table.Blocks[0].Columns);
        var groups = rows.GroupBy(row => row.Under.Count > 0 ? row.Under[0] : row.Label, StringComparer.Ordinal).ToList();
        return new DocumentPart.Table(table.Caption, [.. rows.SelectMany(_ => columns.Select(_ => 1))], HeaderRows,
        [
            [.. groups.Select(group => new DocumentCell(CellKind.ColumnHeader, group.Key, group.Count() * columns.Count, group.First().Under.Count > 0 ? 1 : HeaderRows - 1))],
            [.. rows.Where(row => row.Under.Count > 0).Select(row => new DocumentCell(CellKind.ColumnHeader, row.Label, columns.Count))],
            [.. rows.SelectMany(row => columns.Select(column => new DocumentCell(CellKind.ColumnHeader, printed.Column(Key, row, column))))],
            [.. rows.SelectMany(row => columns.Select(column => Numbers.Cell(content, Key, row, column)))],
        ]);
    }
}

internal static class Numbers
{
    public static DocumentCell Cell(ReportContent content, string table, Row row, Column column) =>
        new(CellKind.Number, content.Cell(new CellAddress(table, row.Key, column.Key))?.ToString(CultureInfo.InvariantCulture) ?? "");
}
