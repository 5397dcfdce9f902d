using Disclosure.Formats;
using Disclosure.Prose;

namespace Disclosure.Documents.Loose;

/// <summary>Puts table 4 together: fifteen numbers under headers whose words lie about in any order.</summary>
internal static class LooseDisputes
{
    private static readonly Block _block = KnownFormats.All[0].Table("disputes").Blocks[0];

    private static readonly IReadOnlyList<Column> _columns = [.. _block.Rows.SelectMany(_ => _block.Columns)];

    private static readonly IReadOnlyList<string> _labels = [.. _columns.Select(column => Folding.Fold(column.Label))];

    public static (List<SourceRow> Rows, int Last) Gather(LooseTables.Region region, int number)
    {
        var runs = PieceRun.Of(region.Pieces).Where(run => run.Values.Count > 0).ToList();
        if (runs.LastOrDefault(run => run.Values.Count == _columns.Count) is not { } values)
        {
            return Placed(runs, number) ?? (runs is [.., { Values: [var digits] } only] && digits.Folded.Length >= _columns.Count
                ? (Rows([.. runs.SelectMany(run => run.Before)], [digits.Cell], number, isDoubtful: true), digits.Row)
                : ([], -1));
        }
        var cells = values.Values.Select(value => value.Cell).ToList();
        var header = runs.TakeWhile(run => run != values).SelectMany(run => run.Before).Concat(values.Before).ToList();
        var shown = ((values.IsParted || values.IsLineByLine) && IsComplete(header) && !runs.TakeWhile(run => run != values).Any(IsNumbers)) || Sums.Hold(cells, _columns);
        return (Rows(header, cells, number, !shown), values.Values[^1].Row);
    }

    /// <summary>Numbers above the last row of numbers, of which it may be no more than the rest. Some templates count their columns there.</summary>
    private static bool IsNumbers(PieceRun run) => !run.Values.Select((value, i) => value.Folded == $"{i + 1}").All(counts => counts);

    /// <summary>The only row of numbers, with blank cells between, where the header shows in which columns they stand.</summary>
    private static (List<SourceRow>, int)? Placed(List<PieceRun> runs, int number) =>
        runs is [{ IsOneRow: true } only] && IsComplete([.. only.Before]) && ColumnHeads.All(only.Before, _labels)?.Place([.. only.Values.Select(value => value.Cell)], _columns) is { } cells
            ? (Rows([.. only.Before], cells, number, isDoubtful: false), only.Values[^1].Row)
            : null;

    private static List<SourceRow> Rows(List<Piece> header, List<SourceCell> values, int number, bool isDoubtful)
    {
        var rows = new List<SourceRow>();
        if (header.Count > 0 && IsComplete(header))
        {
            var at = header[0].Cell;
            SourceCell Printed(string text) => at with { Text = text, Covers = 0 };
            rows.Add(new SourceRow([.. _block.Rows.Select(row => Printed(row.Label))], number));
            rows.Add(new SourceRow([.. _columns.Select(column => Printed(column.Label))], number));
        }
        else if (header.Count > 0)
        {
            // Two rows of words show which table it is; where they stand over the numbers is not known.
            rows.AddRange(_block.Rows.Select(row => new SourceRow([header[0].Cell with { Text = row.Label, Covers = 0 }], number)));
        }
        rows.Add(new SourceRow(values, number) { IsDoubtful = isDoubtful });
        return rows;
    }

    /// <summary>Whether every word of the official header is there, as often as it should be, and the three groups in their order.</summary>
    private static bool IsComplete(List<Piece> header)
    {
        var printed = string.Concat(header.Select(piece => piece.Folded));
        var words = string.Concat(_columns.Select(column => column.Label)) + string.Concat(_block.Rows.Select(row => row.Label + string.Concat(row.Under.Take(row == _block.Rows[1] ? 1 : 0))));
        var names = header.SelectMany(piece => _block.Rows.Any(row => row.Label == piece.Folded) ? [piece.Folded] : piece.Cell.Text.Split(' ').Select(Folding.Fold)).ToList();
        var groups = _block.Rows.Select(row => names.IndexOf(row.Label)).ToList();
        return words.Order().SequenceEqual(printed.Order()) && groups.TrueForAll(at => at >= 0) && groups.SequenceEqual(groups.Order());
    }
}
