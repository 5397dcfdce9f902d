using Disclosure.Formats;
using Disclosure.Prose;

namespace Disclosure.Documents.Loose;

/// <summary>Puts the headers of tables together from their pieces.</summary>
internal static class LooseHeaders
{
    /// <summary>What heads the columns of table 2.</summary>
    public static IReadOnlyList<string> ProactiveLabels { get; } = [.. KnownFormats.All.SelectMany(form => form.Table("proactive").Blocks)
        .SelectMany(block => block.Columns).Select(column => Folding.Fold(column.Label)).Distinct()];

    /// <summary>The caption of a block of table 2 and the labels of its columns, each label whole again.</summary>
    public static IEnumerable<SourceRow> Proactive(IReadOnlyList<Piece> before, int table)
    {
        var header = new List<SourceCell>();
        foreach (var cell in Joined(before, 0))
        {
            var words = Label.Parse(cell.Text).Words;
            if (FormWords.BlockCaptions.Contains(words))
            {
                header.Clear();
                yield return new SourceRow([cell], table);
            }
            else
            {
                header.Add(cell);
            }
        }
        if (header.Count > 0)
        {
            yield return new SourceRow(header, table);
        }
    }

    /// <summary>The header of table 3 in the form's own order, when all its words are there.</summary>
    public static IEnumerable<SourceRow> Applications(IReadOnlyList<Piece> before, int table)
    {
        var columns = KnownFormats.All[0].Table("applications").Blocks[0].Columns;
        var printed = string.Concat(before.Select(piece => piece.Folded));
        var words = string.Concat(columns.Select(column => Folding.Fold(column.Label))) + columns.First(column => column.Under is not null).Under;
        if (before.Count == 0 || !words.GroupBy(c => c).All(group => printed.Count(c => c == group.Key) >= group.Count()))
        {
            return [];
        }
        var at = before[0].Cell with { Covers = 0 };
        return [new SourceRow([at with { Text = "申请人情况" }], table), new SourceRow([.. columns.Select(column => at with { Text = column.Label })], table)];
    }

    /// <summary>Whether the words of some line stand in another order than the columns of table 3 do. A piece that two columns share shows nothing.</summary>
    public static bool IsReordered(IReadOnlyList<Piece> before)
    {
        var columns = KnownFormats.All[0].Table("applications").Blocks[0].Columns;
        var lines = before.GroupBy(piece => piece.Row).Select(line => line.ToList()).ToList();
        if (lines.TrueForAll(line => line.Count == 1))
        {
            // A piece a line: the columns between 自然人 and 总计 come one after another, and 总计 where it likes.
            lines = [[.. before.Where(piece => piece.Folded != "总计")]];
        }
        return lines.Select(line => line.Select(piece => Enumerable.Range(0, columns.Count).Where(i => columns[i].Label.Contains(piece.Folded, StringComparison.Ordinal)).ToList())
                .Where(found => found.Count == 1).Select(found => found[0]).ToList())
            .Any(places => !places.SequenceEqual(places.Order()));
    }

    /// <summary>Pieces that only together are a label of a column become one; others stay as they are.</summary>
    private static IEnumerable<SourceCell> Joined(IReadOnlyList<Piece> pieces, int from)
    {
        while (from < pieces.Count)
        {
            var length = Enumerable.Range(1, Math.Min(4, pieces.Count - from)).Reverse()
                .FirstOrDefault(count => IsColumn(string.Concat(pieces.Skip(from).Take(count).Select(piece => piece.Folded))), 1);
            yield return pieces[from].Cell with { Text = string.Concat(pieces.Skip(from).Take(length).Select(piece => piece.Cell.Text.Trim())), Covers = 0 };
            from += length;
        }
    }

    private static bool IsColumn(string words) => ProactiveLabels.Contains(words) || FormWords.BlockCaptions.Contains(words);
}
