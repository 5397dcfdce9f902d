using Disclosure.Documents.Writing;
using DisclosureApi.Documents.Readers;

namespace DisclosureApi.Tests.Documents.Readers;

/// <summary>
/// An official document as words on pages, as word processors set it: labels wrapped in narrow columns, numbers on the
/// height of the middle of their row, tables going on over pages, and blank cells leaving no trace.
/// </summary>
internal sealed class TypesetPages
{
    private const double Left = 70;
    private const double Right = 525;
    private const double Head = 70;
    private const double Foot = 770;

    private readonly double _size;
    private readonly double _leading;
    private readonly double _padding;
    private readonly double _box;
    private readonly double _labels;
    private readonly double _mirrored;
    private readonly double _numbers;
    private readonly List<PdfWord> _words = [];
    private int _page = 1;
    private double _top = Head;

    public TypesetPages(Random random)
    {
        _size = Pick(9, 10.5, 12);
        _leading = Pick(1.15, 1.3, 1.5);
        _padding = Pick(2, 3.5, 5);
        // Fonts say of themselves that their letters are as high as they like.
        _box = Pick(1, 1.15, 1.45, 2.6);
        _labels = Pick(0, 0.5);
        // Pages to be bound have a wider margin inside, on every other page on the other side.
        _mirrored = Pick(0, 0, 6, 40);
        _numbers = Pick(0.5, 0.5, 0.5, 0, 1);

        double Pick(params double[] all) => all[random.Next(all.Length)];
    }

    /// <summary>Whether each number stands below the middle of its header, on whatever page. One set aside in a wide cell stands below no word of it.</summary>
    public bool IsEven => _numbers == 0.5 && _mirrored < _size;

    public IReadOnlyList<PdfWord> Of(OfficialDocument document)
    {
        AddText(document.Title);
        foreach (var part in document.Parts)
        {
            switch (part)
            {
                case DocumentPart.Heading heading:
                    AddText(heading.Text);
                    break;
                case DocumentPart.Paragraph paragraph:
                    AddText(paragraph.Text);
                    break;
                case DocumentPart.Table table:
                    AddTable(table);
                    break;
            }
        }
        return _words;
    }

    private void AddText(string text)
    {
        foreach (var line in Wrapped(text, Right - Left))
        {
            MakeRoom(_size * _leading);
            AddLine(line, Left, _page, _top + (_size * _leading / 2));
            _top += _size * _leading;
        }
    }

    private void AddTable(DocumentPart.Table table)
    {
        var unit = (Right - Left) / table.Widths.Sum();
        var edges = table.Widths.Aggregate(new List<double> { Left }, (so, width) => [.. so, so[^1] + (unit * width)]);
        var grid = table.Grid();
        var heights = Heights(grid, edges);
        var rows = new List<(int Page, double Top)>();
        foreach (var height in heights)
        {
            MakeRoom(height);
            rows.Add((_page, _top));
            _top += height;
        }
        for (var i = 0; i < grid.Count; i++)
        {
            foreach (var (cell, column, _) in grid[i].Where(placed => !placed.GoesOn))
            {
                var height = Enumerable.Range(i, cell.Rows).Where(row => rows[row].Page == rows[i].Page).Sum(row => heights[row]);
                AddCell(cell, edges[column], edges[column + cell.Columns], rows[i].Page, rows[i].Top + (height / 2));
            }
        }
    }

    private List<double> Heights(IReadOnlyList<IReadOnlyList<PlacedCell>> grid, List<double> edges)
    {
        var heights = grid.Select(_ => 0.0).ToList();
        foreach (var (i, placed) in grid.SelectMany((row, i) => row.Where(placed => !placed.GoesOn).Select(placed => (i, placed))).OrderBy(entry => entry.placed.Cell.Rows))
        {
            var needed = (2 * _padding) + (_size * _leading * Wrapped(placed.Cell.Text, WidthOf(placed, edges)).Count);
            heights[i + placed.Cell.Rows - 1] += Math.Max(0, needed - heights.Skip(i).Take(placed.Cell.Rows).Sum());
        }
        return heights;
    }

    private double WidthOf(PlacedCell placed, List<double> edges) => edges[placed.Column + placed.Cell.Columns] - edges[placed.Column] - (2 * _padding);

    private void AddCell(DocumentCell cell, double from, double to, int page, double middle)
    {
        var lines = Wrapped(cell.Text, to - from - (2 * _padding));
        var share = cell.Kind switch { CellKind.Number => _numbers, CellKind.RowHeader => _labels, _ => 0.5 };
        for (var i = 0; i < lines.Count; i++)
        {
            var room = to - from - (2 * _padding) - Width(lines[i]);
            AddLine(lines[i], from + _padding + (share * room), page, middle + ((i - ((lines.Count - 1) / 2.0)) * _size * _leading));
        }
    }

    private void AddLine(string text, double left, int page, double middle) =>
        _words.Add(new PdfWord(page, left + (page % 2 == 0 ? _mirrored : 0), middle - (_box * _size / 2), Width(text), _box * _size, text));

    private void MakeRoom(double height)
    {
        if (_top + height > Foot)
        {
            (_page, _top) = (_page + 1, Head);
        }
    }

    /// <summary>A number is never cut; it would rather stand over the edge of its cell.</summary>
    private List<string> Wrapped(string text, double width)
    {
        var lines = new List<string>();
        for (var from = 0; from < text.Length;)
        {
            var to = from + 1;
            while (to < text.Length && (Width(text[from..(to + 1)]) <= width || (char.IsAsciiDigit(text[to]) && char.IsAsciiDigit(text[to - 1]))))
            {
                to++;
            }
            lines.Add(text[from..to]);
            from = to;
        }
        return lines;
    }

    private double Width(string text) => _size * text.Sum(c => char.IsAscii(c) ? 0.5 : 1);
}
