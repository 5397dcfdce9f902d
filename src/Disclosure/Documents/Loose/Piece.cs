using Disclosure.Documents.Tables;
using Disclosure.Formats;
using Disclosure.Prose;

namespace Disclosure.Documents.Loose;

/// <summary>A run of characters of a table that lost its cells: a label, part of a label, or a value.</summary>
/// <param name="Row">The row of the source that it stands in.</param>
/// <param name="Folded">The words as they are compared.</param>
/// <param name="IsParted">Whether the document itself parts it from its neighbours, by a cell or a tab; a blank alone may stand inside a number.</param>
internal sealed record Piece(SourceCell Cell, int Row, string Folded, bool IsValue, bool IsParted)
{
    /// <summary>No label is longer, nor is the line on which a part of one stands.</summary>
    private const int Longest = 80;

    private const int MostCells = 60;

    /// <summary>Whether nothing else stands on its line.</summary>
    public bool IsAlone { get; init; }

    /// <summary>Whether its digits stood against the label, and so perhaps several numbers against each other.</summary>
    public bool IsGlued { get; init; }

    /// <summary>A sentence, or a line of a paragraph: nothing that a table of the form holds.</summary>
    public bool IsProse => Folded.Length > Longest || Folded.Contains('。', StringComparison.Ordinal);

    /// <summary>The labels that span rows, which run down the side of a table in parts.</summary>
    private static readonly IReadOnlyList<string> _spans = [.. KnownFormats.All.SelectMany(form => form.Tables).SelectMany(table => table.Rows)
        .SelectMany(row => row.Under).Select(under => Folding.Fold(under)).Distinct()];

    private static readonly int _longestSpan = _spans.Max(span => span.Length);

    public static IEnumerable<Piece> Of(SourceRow row, int at)
    {
        foreach (var cell in row.Cells.Take(MostCells).Where(cell => !cell.IsBlank).SelectMany(WithoutSpan))
        {
            if ((row.Table is null || cell.Place is { Words.Count: > 1 }) && Parts(cell) is { } parts)
            {
                foreach (var part in parts)
                {
                    yield return new Piece(part, at, Folding.Fold(part.Text), PrintedNumber.IsValueLike(part.Text), IsParted: false);
                }
            }
            else if ((Glue.Parts(cell) ?? Glue.Tail(cell)) is { } glued)
            {
                foreach (var (part, isValue) in glued)
                {
                    yield return new Piece(part, at, Folding.Fold(part.Text), isValue, IsParted: false) { IsGlued = isValue };
                }
            }
            else
            {
                var folded = cell.Text.Length > 4 * Longest ? cell.Text : Folding.Fold(cell.Text);
                yield return new Piece(cell, at, folded, PrintedNumber.IsValueLike(cell.Text), row.Table is not null) { IsAlone = row.Cells.Count == 1 };
            }
        }
    }

    /// <summary>Words behind a part of a label that spans rows, with a blank between, are another label's, or part of one.</summary>
    private static IEnumerable<SourceCell> WithoutSpan(SourceCell cell)
    {
        var text = cell.Text;
        var from = text.Length - text.AsSpan().TrimStart().Length;
        var end = text.IndexOf(' ', from);
        return end > from && end - from <= _longestSpan && end + 1 < text.Length && Label.IsWritten(text[(end + 1)..]) && Folding.Fold(text[from..end]) is var part && _spans.Any(span => span.Contains(part, StringComparison.Ordinal))
            ? [cell.Part(0, end), cell.Part(end + 1, text.Length)]
            : [cell];
    }

    /// <summary>A line of words and numbers with blanks between: the words are one piece, each number behind them is one. Null for anything else.</summary>
    private static List<SourceCell>? Parts(SourceCell cell)
    {
        var text = cell.Text;
        var end = text.Length > 4 * Longest ? 0 : text.Length;
        var parts = new List<SourceCell>();
        while (LastWord(text, end) is var (from, to) && PrintedNumber.IsValueLike(text[from..to]))
        {
            parts.Insert(0, cell.Part(from, to));
            end = from;
        }
        var words = cell.Part(0, end);
        if (parts.Count == 0 || (parts.Count == 1 && words.IsBlank))
        {
            return null;
        }
        return words.IsBlank ? parts : [words, .. parts];
    }

    private static (int From, int To)? LastWord(string text, int end)
    {
        var to = end;
        while (to > 0 && Folding.IsSpace(text[to - 1]))
        {
            to--;
        }
        var from = to;
        while (from > 0 && !Folding.IsSpace(text[from - 1]))
        {
            from--;
        }
        return from == to ? null : (from, to);
    }
}

/// <summary>The words before some values, and the values.</summary>
internal sealed record PieceRun(IReadOnlyList<Piece> Before, IReadOnlyList<Piece> Values)
{
    /// <summary>Values on lines of their own, one by one, are one run; a row of values is a run for itself.</summary>
    public static List<PieceRun> Of(IReadOnlyList<Piece> pieces)
    {
        var runs = new List<PieceRun>();
        var (words, values) = (new List<Piece>(), new List<Piece>());
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            if (values.Count > 0 && (!piece.IsValue || (piece.Row != values[^1].Row && (EndsRow(values) || BeginsRow(pieces, i)))))
            {
                runs.Add(new PieceRun(words, values));
                (words, values) = ([], []);
            }
            (piece.IsValue ? values : words).Add(piece);
        }
        runs.Add(new PieceRun(words, values));
        return runs;
    }

    /// <summary>Whether the document itself shows where each value begins and ends, all on one row.</summary>
    public bool IsParted => IsOneRow && Values.All(value => value.IsParted);

    public bool IsOneRow => Values.All(value => value.Row == Values[0].Row);

    /// <summary>The page of its values; none where the document has no places.</summary>
    public int Page => Values[0].Cell.Place?.Page ?? 0;

    /// <summary>Whether they stand on one row and the document tells where on it.</summary>
    public bool IsPlaced => IsOneRow && Values.All(value => value.Cell.Across is not null);

    /// <summary>Whether each value has a line of its own.</summary>
    public bool IsLineByLine => Values.All(value => value.IsAlone);

    /// <summary>How many lines there are for values from the label to the last of them, empty ones among them.</summary>
    public int Places => IsLineByLine && Before is [.., var label] ? Values[^1].Cell.Line - label.Cell.Line : Values.Count;

    private static bool EndsRow(List<Piece> values) => values.Count > 1 && values[^1].Row == values[^2].Row;

    private static bool BeginsRow(IReadOnlyList<Piece> pieces, int at) => at + 1 < pieces.Count && pieces[at + 1].IsValue && pieces[at + 1].Row == pieces[at].Row;
}
