using Disclosure.Formats;
using Disclosure.Prose;

namespace Disclosure.Documents.Loose;

/// <summary>
/// Puts tables together whose cells a document lost: lines where a label stands above and below its numbers, a cell a line, a
/// row with blanks between, a row with nothing between. What comes out are rows as any other document has them.
/// </summary>
internal static class LooseTables
{
    /// <summary>No table of a form, a cell a line and a letter a cell, has more lines.</summary>
    private const int MostRows = 1_500;

    /// <summary>The rows of the document with the named table put together; null when it is not there in pieces.</summary>
    public static IReadOnlyList<SourceRow>? Gather(IReadOnlyList<SourceRow> rows, string table)
    {
        if (Region.Find(rows, table) is not { } region || region.Pieces.Count == 0)
        {
            return null;
        }
        var number = rows.Max(row => row.Table ?? 0) + 1;
        var (made, last) = table switch
        {
            "proactive" => Proactive(region, number),
            "applications" => Applications(region, number),
            _ => LooseDisputes.Gather(region, number),
        };
        if (made.Count == 0)
        {
            return null;
        }
        // A sentence that was pushed in between the rows is prose of the same section, and stands after its table.
        var prose = Enumerable.Range(region.First, last - region.First + 1).Where(i => !region.IsTabular(i)).Select(i => rows[i]);
        return [.. rows.Take(region.First), .. made, .. prose, .. rows.Skip(last + 1)];
    }

    private static readonly LabelMatcher _proactive = new(FormWords.RowsOf("proactive"));
    private static readonly LabelMatcher _applications = new(ApplicationRows());

    private static (List<SourceRow> Rows, int Last) Proactive(Region region, int number)
    {
        var gathering = new LooseRows(_proactive, [], number, before => LooseHeaders.Proactive(before, number));
        return (gathering.Gather(PieceRun.Of(region.Pieces)), gathering.LastSource);
    }

    private static (List<SourceRow> Rows, int Last) Applications(Region region, int number)
    {
        var (first, isReordered) = (true, false);
        var columns = KnownFormats.All[0].Table(region.Table).Blocks[0].Columns;
        var gathering = new LooseRows(_applications, columns, number, before =>
        {
            isReordered |= first && LooseHeaders.IsReordered(before);
            var header = first ? LooseHeaders.Applications(before, number) : [];
            first = false;
            return header;
        });
        var rows = gathering.Gather(PieceRun.Of(region.Pieces));
        return (isReordered ? [] : rows, gathering.LastSource);
    }

    /// <summary>The rows of all forms in the order they stand: the undivided （六）其他处理 of the older form before the three of the newer.</summary>
    private static List<Row> ApplicationRows()
    {
        var rows = KnownFormats.All[0].Table("applications").Rows.ToList();
        foreach (var own in KnownFormats.All.Skip(1).SelectMany(form => form.Table("applications").Rows).Where(row => rows.TrueForAll(known => known.Key != row.Key)).ToList())
        {
            rows.Insert(Math.Max(0, rows.FindIndex(row => row.Under.Contains(own.Label))), own);
        }
        return rows;
    }

    /// <summary>Part of a document that holds one table.</summary>
    internal sealed record Region(string Table, int First, IReadOnlyList<Piece> Pieces, IReadOnlySet<int> ProseRows)
    {
        public bool IsTabular(int row) => !ProseRows.Contains(row);

        /// <summary>From the first words that stand in this table only, to the heading of the next section or the next table.</summary>
        public static Region? Find(IReadOnlyList<SourceRow> rows, string table)
        {
            var (first, pieces, prose) = (-1, new List<Piece>(), new HashSet<int>());
            for (var i = 0; i < rows.Count; i++)
            {
                var own = Piece.Of(rows[i], i).ToList();
                if (first < 0 && own.Exists(piece => Shows(piece, table)) && !IsHeading(own, table))
                {
                    first = i;
                    while (first > 0 && Piece.Of(rows[first - 1], first - 1).ToList() is [var above] && IsPartOfNote(above, table))
                    {
                        first--;
                    }
                }
                else if (first >= 0 && (i - first > MostRows || IsEnd(own, table)))
                {
                    break;
                }
                if (first >= 0 && rows[i].Table is not null && rows[i].Cells.Any(cell => cell.IsBlank))
                {
                    // Blank cells are written: this table has its cells, and what is unclear in it is unclear.
                    return null;
                }
                if (first >= 0 && own.Exists(piece => piece.IsProse))
                {
                    prose.Add(i);
                }
                else if (first >= 0)
                {
                    pieces.AddRange(own);
                }
            }
            return first < 0 ? null : new Region(table, first, pieces, prose);
        }

        /// <summary>The note of a table may stand before its first words, on several lines.</summary>
        private static bool IsPartOfNote(Piece piece, string table) =>
            piece.Folded.Length > 1 && Folding.Fold(KnownFormats.All[0].Table(table).Note ?? "").Contains(piece.Folded, StringComparison.Ordinal);

        /// <summary>Two words of a header may stand on one line, with a blank or nothing between.</summary>
        private static bool Shows(Piece piece, string table) => Owner(piece) == table || (!piece.IsProse && !piece.IsValue
            && Enumerable.Range(3, Math.Max(0, piece.Folded.Length - 5)).Any(at =>
                FormWords.OwnerOf(piece.Folded.AsSpan(at)) == table && FormWords.OwnerOf(piece.Folded.AsSpan(0, at)) == table));

        /// <summary>其他 heads a column of one table, and may be half a word of any.</summary>
        private static string? Owner(Piece piece) => piece.IsValue || piece.IsProse || piece.Folded.Length < 3 ? null : FormWords.OwnerOf(Label.Parse(piece.Cell.Text));

        private static bool IsHeading(List<Piece> row, string table) =>
            row is [var only] && Label.Parse(only.Cell.Text).Words == FormWords.Words(Sections.Find(table)!.Heading!);

        private static bool IsEnd(List<Piece> row, string table) => row.Exists(piece => Owner(piece) is { } owner && owner != table)
            || (row is [var only] && IsNextHeading(Label.Parse(only.Cell.Text), table));

        private static bool IsNextHeading(Label label, string table) => Sections.All.SkipWhile(section => section.Key != table).Skip(1)
            .Any(section => FormWords.Words(section.Heading!) == label.Words || section.Aliases.Contains(label.Words, StringComparer.Ordinal));
    }
}
