using System.Globalization;
using System.Text;
using Disclosure.Documents;

namespace DisclosureApi.Documents.Readers;

/// <summary>
/// Puts the words of pages into lines, and the words of a line into cells by the gaps between them. Two numbers are two cells
/// unless they all but touch; Chinese words may be spread over a line and stay together.
/// </summary>
internal static class PdfLines
{
    /// <summary>Shares of a word's size.</summary>
    private const double SameLine = 0.4;
    private const double CellGap = 1.3;
    private const double NumberGap = 0.4;
    private const double WordGap = 0.15;

    /// <summary>Words of one line of text stand on one height; cells beside each other, each centred for itself, do not.</summary>
    private const double OtherCell = 0.3;

    /// <summary>So many words of a line are looked at for one above or below another.</summary>
    private const int WidestLine = 100;

    /// <summary>No sentence ends with so many numbers; they are the values of a row.</summary>
    private const int FewestValues = 4;

    public static SourceText Of(IReadOnlyList<PdfWord> all)
    {
        var rows = new List<SourceRow>();
        var (line, tables, inTable) = (0, 0, false);
        foreach (var words in WithoutPageNumbers([.. all.GroupBy(word => word.Page).SelectMany(Lines)]))
        {
            line++;
            var cells = Cells(words, line);
            tables += cells.Count > 1 && !inTable ? 1 : 0;
            inTable = cells.Count > 1;
            rows.Add(new SourceRow(cells, inTable ? tables : null));
        }
        return new SourceText(rows);
    }

    /// <summary>A number may stand halfway between two lines of its label, as near to one as to the other; that these are two lines shows in that one stands above the other.</summary>
    private static IEnumerable<List<PdfWord>> Lines(IEnumerable<PdfWord> page)
    {
        var (line, middles, lowest) = (new List<PdfWord>(), 0.0, double.MaxValue);
        foreach (var word in page.OrderBy(word => word.Middle))
        {
            if (line.Count > 0 && (word.Middle - (middles / line.Count) > SameLine * Math.Min(word.Size, lowest) || line.TakeLast(WidestLine).Any(word.IsAboveOrBelow)))
            {
                yield return line;
                (line, middles, lowest) = ([], 0, double.MaxValue);
            }
            line.Add(word);
            (middles, lowest) = (middles + word.Middle, Math.Min(lowest, word.Size));
        }
        yield return line;
    }

    private static List<SourceCell> Cells(List<PdfWord> line, int number)
    {
        var cells = new List<SourceCell>();
        var (text, column, places) = (new StringBuilder(), 1, new List<Extent>());
        PdfWord? last = null;
        var words = line.OrderBy(word => word.Left).ToList();
        var values = words.FindLastIndex(word => !word.IsNumber) + 1;
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (last is { } before && word.Left - before.Right is var gap)
            {
                var least = i == values && words.Count - values >= FewestValues ? WordGap : Gap(before, word);
                if (gap > least * Math.Min(before.Size, word.Size) || Math.Abs(word.Middle - before.Middle) > OtherCell * Math.Min(before.Size, word.Size))
                {
                    cells.Add(Cell());
                    column += text.Length + 1;
                    text.Clear();
                    places = [];
                }
                else if (gap > WordGap * word.Size)
                {
                    text.Append(' ');
                }
                else
                {
                    places[^1] = new Extent(places[^1].From, word.Right);
                }
            }
            if (text.Length == 0 || text[^1] == ' ')
            {
                places.Add(new Extent(word.Left, word.Right));
            }
            text.Append(word.Text);
            last = word;
        }
        cells.Add(Cell());
        return cells;

        SourceCell Cell() => new(text.ToString(), number, column) { Place = new PagePlace(last!.Value.Page, last.Value.Middle, last.Value.Size, places) };
    }

    private static double Gap(PdfWord before, PdfWord word) => before.IsNumber && word.IsNumber ? NumberGap : before.IsNumber || word.IsNumber ? (CellGap + NumberGap) / 2 : CellGap;

    /// <summary>Drops bare numbers at the foot or the head of pages that count with the pages.</summary>
    private static IEnumerable<List<PdfWord>> WithoutPageNumbers(List<List<PdfWord>> lines)
    {
        var edges = lines.GroupBy(line => line[0].Page).SelectMany(page => new[] { page.First(), page.Last() }).Distinct()
            .Where(line => line is [{ Text.Length: <= 3 } word] && word.Text.All(char.IsAsciiDigit))
            .GroupBy(line => int.Parse(line[0].Text, CultureInfo.InvariantCulture) - line[0].Page).MaxBy(counting => counting.Count())?.ToHashSet();
        var pages = lines.Select(line => line[0].Page).Distinct().Count();
        return edges is null || edges.Count < Math.Max(2, pages - 1) ? lines : lines.Where(line => !edges.Contains(line));
    }
}
