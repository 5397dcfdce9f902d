using Disclosure.Documents.Loose;
using Disclosure.Formats;

namespace Disclosure.Documents.Tables;

/// <summary>
/// Rows behind which digits stand on a line of their own: a page number, or the rest of the last number of the row. Where the
/// printed sums do not prove that the row is whole, it is doubtful.
/// </summary>
internal static class CutRows
{
    private static readonly IReadOnlyList<Column> _columns = KnownFormats.All[0].Table("applications").Blocks[0].Columns;

    public static IReadOnlyList<SourceRow> Doubted(IReadOnlyList<SourceRow> rows)
    {
        List<SourceRow>? doubted = null;
        for (var i = 0; i + 1 < rows.Count; i++)
        {
            if (rows[i].Table is not null && IsRest(rows[i + 1]) && rows[i].Cells[^1].Text.AsSpan().TrimEnd() is [.., >= '0' and <= '9'] && !IsProved(rows[i].Cells))
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

    private static bool IsRest(SourceRow row) => row is { Table: null, Cells: [var only] } && only.Text.AsSpan().Trim(" \t　|") is { Length: > 0 and < 8 } digits && !digits.ContainsAnyExceptInRange('0', '9');
}
