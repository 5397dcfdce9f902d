using Disclosure.Documents.Tables;
using Disclosure.Formats;

namespace Disclosure.Documents.Loose;

/// <summary>Where the columns of a table stand across the page, told by its complete rows. A row with blank cells is placed by them.</summary>
internal sealed class ColumnPlaces(IReadOnlyList<Extent> columns)
{
    /// <summary>Two rows may agree by chance; three show the columns, and so does one whose numbers add up.</summary>
    private const int FewestRows = 3;

    public static ColumnPlaces? Of(IEnumerable<PieceRun> runs, IReadOnlyList<Column> printed)
    {
        var complete = runs.Where(run => printed.Count > 0 && run.Values.Count == printed.Count && run.IsParted && run.Values.All(value => value.Cell.Across is not null)).ToList();
        if (complete.Count < FewestRows)
        {
            complete.RemoveAll(run => !CutRows.IsProved([.. run.Values.Select(value => value.Cell)]));
        }
        if (complete.Count == 0)
        {
            return null;
        }
        var columns = Enumerable.Range(0, printed.Count).Select(i => new Extent(
            complete.Min(run => run.Values[i].Cell.Across!.Value.From), complete.Max(run => run.Values[i].Cell.Across!.Value.To))).ToList();
        return columns.Zip(columns.Skip(1)).All(pair => pair.First.To < pair.Second.From) ? new ColumnPlaces(columns) : null;
    }

    /// <summary>The values with blanks between; null unless each stands over one column, and no two over the same.</summary>
    public List<SourceCell>? Place(IReadOnlyList<SourceCell> values)
    {
        var placed = columns.Select(_ => values[0] with { Text = "", Covers = 0 }).ToList();
        var last = -1;
        foreach (var value in values)
        {
            var over = value.Across is { } across ? Enumerable.Range(0, columns.Count).Where(i => across.From <= columns[i].To && across.To >= columns[i].From).ToList() : [];
            if (over is not [var at] || at <= last)
            {
                return null;
            }
            placed[at] = value;
            last = at;
        }
        return placed;
    }
}

/// <summary>Whether the values of a row add up as its columns say.</summary>
internal static class Sums
{
    public static bool Hold(IReadOnlyList<SourceCell> values, IReadOnlyList<Column> columns)
    {
        if (values.Count != columns.Count)
        {
            return false;
        }
        // A sign that says that there is none adds nothing; an empty cell may have lost its number.
        var read = values.Select((value, i) => !value.IsBlank && PrintedNumber.IsPlaceholder(value.Text) ? 0 : PrintedNumber.Read(value, columns[i], null).Value).ToList();
        if (read.Contains(null))
        {
            return false;
        }
        var byKey = new Dictionary<string, decimal>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].SumOf.Count > 0 && columns[i].SumOf.Sum(key => byKey.GetValueOrDefault(key)) != read[i])
            {
                return false;
            }
            // The same columns may come again for the next group; each total adds up what stands before it.
            byKey[columns[i].Key] = read[i]!.Value;
        }
        return true;
    }
}
