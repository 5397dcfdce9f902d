using Disclosure.Documents.Loose;
using Disclosure.Formats;

namespace Disclosure.Documents.Tables;

/// <summary>
/// Rows behind which digits stand on a line of their own: a page number, or the rest of the last number of the row. On a page,
/// digits right below longer numbers are what a narrow cell had no room for. Such a row is doubtful, unless the digits stand for
/// themselves and the printed sums prove that it is whole.
/// </summary>
internal static class CutRows
{
    private static readonly IReadOnlyList<Column> _columns = KnownFormats.All[0].Table("applications").Blocks[0].Columns;

    /// <summary>No cell is narrower than so many digits, because each has room for two Chinese characters.</summary>
    private const int FewestDigits = 3;

    /// <summary>The first words of a label that goes on below.</summary>
    private const int FewestWords = 3;

    private static readonly IReadOnlyList<string> _rows = [.. KnownFormats.TableKeys.SelectMany(FormWords.RowsOf).Select(row => FormWords.Words(row.Label))];

    /// <summary>Lines of one cell are nearer to each other, as a multiple of the size of their letters.</summary>
    private const double NextLine = 2;

    public static IReadOnlyList<SourceRow> Doubted(IReadOnlyList<SourceRow> rows)
    {
        List<SourceRow>? doubted = null;
        for (var i = 0; i + 1 < rows.Count; i++)
        {
            if (rows[i].Table is not null && (IsWrapped(rows[i], rows[i + 1]) || (IsRest(rows[i], rows[i + 1]) && !IsProved(rows[i].Cells))))
            {
                doubted ??= [.. rows];
                doubted[i] = rows[i] with { IsDoubtful = true };
            }
        }
        return doubted ?? rows;
    }

    /// <summary>Whether the last cells are values that add up to something.</summary>
    public static bool IsProved(IReadOnlyList<SourceCell> cells)
    {
        var values = cells.Reverse().SkipWhile(cell => cell.IsBlank).Take(_columns.Count).Reverse().ToList();
        return Sums.Hold(values, _columns) && values[^1].Text.Trim() != "0";
    }

    private static bool IsRest(SourceRow above, SourceRow row) => above.Cells[^1].Text.AsSpan().TrimEnd() is [.., >= '0' and <= '9']
        && row is { Table: null, Cells: [var only] } && only.Text.AsSpan().Trim(" \t　|") is { Length: > 0 and < 8 } digits && !digits.ContainsAnyExceptInRange('0', '9');

    /// <summary>
    /// Whether each number of the next line goes on with one above it, and no row of a form begins there. Sums prove nothing then:
    /// a row with one number, which is its total, loses the same digits of both.
    /// </summary>
    private static bool IsWrapped(SourceRow above, SourceRow next)
    {
        var rests = next.Cells.Where(IsDigits).ToList();
        return rests.Count > 0 && rests.TrueForAll(rest => above.Cells.Any(cell => IsDigits(cell) && GoesOn(cell, rest)))
            && !next.Cells.Any(cell => BeginsRow(Label.Parse(cell.Text)));
    }

    private static bool BeginsRow(Label label) => label.Kind == OrdinalKind.Item || FormWords.OwnerOf(label) is not null
        || (label.Words.Length >= FewestWords && _rows.Any(row => row.StartsWith(label.Words, StringComparison.Ordinal)));

    private static bool IsDigits(SourceCell cell) => PrintedNumber.Raw(cell) is { Length: > 0 } raw && raw.All(c => char.IsAsciiDigit(c) || c is ',' or '.');

    private static bool GoesOn(SourceCell cell, SourceCell rest) =>
        cell is { Place: { } over, Across: var (from, to) } && rest is { Place: { } under, Across: var (begin, end) }
        && over.Page == under.Page && under.Middle - over.Middle < NextLine * over.Size && cell.Text.Length >= Math.Max(FewestDigits, rest.Text.Length)
        && begin <= to && end >= from;
}
