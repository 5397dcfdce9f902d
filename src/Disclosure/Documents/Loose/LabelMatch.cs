using System.Collections.Immutable;
using Disclosure.Formats;
using Disclosure.Prose;

namespace Disclosure.Documents.Loose;

/// <summary>A label put together again.</summary>
/// <param name="From">The first piece before the values that is part of it.</param>
/// <param name="After">How many of the pieces behind the values are part of it: a label in several lines stands around its numbers.</param>
/// <param name="Own">Those of its pieces that are the row's own label, and no label that spans it.</param>
internal sealed record LabelMatch(Row Row, int From, int After, IReadOnlyList<Piece> Pieces, IReadOnlyList<Piece> Own)
{
    /// <summary>Whether it is the row's official label, letter by letter.</summary>
    public bool IsWhole => string.Concat(Own.Select(piece => piece.Folded)) == Folding.Fold(Row.Label);

    public string Printed => string.Concat(Pieces.Select(piece => piece.Cell.Text.Trim()));
}

/// <summary>
/// Finds which row of the form the words around a run of values name. Pieces of spanning labels, which run down the side of a
/// table letter by letter, may stand between the parts of a label and are passed over.
/// </summary>
internal sealed class LabelMatcher
{
    private const int MostBefore = 24;
    private const int MostAfter = 12;

    /// <summary>A wording that differs is looked for among so many rows after the last one found.</summary>
    private const int RowsAhead = 4;

    private readonly List<(int Row, string Words, int Span)> _names = [];
    private readonly HashSet<string> _spans;

    public LabelMatcher(IReadOnlyList<Row> rows)
    {
        Rows = [.. rows];
        for (var i = 0; i < rows.Count; i++)
        {
            _names.Add((i, Canonical(Folding.Fold(rows[i].Label)), 0));
            if (FormWords.Words(rows[i].Label) is { Length: > 2 } words && rows.Count(row => FormWords.Words(row.Label) == words) == 1)
            {
                _names.Add((i, words, 0));
            }
            // A line may begin with the labels that span the row.
            _names.AddRange(Enumerable.Range(0, rows[i].Under.Count).Select(from => Folding.Fold(string.Concat(rows[i].Under.Skip(from)))).Select(span => (i, span + Folding.Fold(rows[i].Label), span.Length)));
        }
        _spans = rows.SelectMany(row => row.Under).Select(under => Folding.Fold(under)).ToHashSet(StringComparer.Ordinal);
    }

    public ImmutableArray<Row> Rows { get; }

    /// <summary>The label of a run, of a row after the last one found; null when none can be told.</summary>
    /// <param name="mayBe">What else must hold of it.</param>
    public LabelMatch? Find(IReadOnlyList<Piece> before, IReadOnlyList<Piece> after, int lastRow, Func<LabelMatch, bool> mayBe)
    {
        var first = Math.Max(0, before.Count - MostBefore);
        var tail = after.TakeWhile(piece => !piece.IsValue).Take(MostAfter).ToList();
        for (var allowed = 0; allowed <= tail.Count; allowed += Math.Max(1, tail.Count))
        {
            for (var from = before.Count - 1; from >= first; from--)
            {
                List<Piece> pieces = [.. before.Skip(from), .. tail.Take(allowed)];
                foreach (var (row, words, span) in _names.Where(name => name.Row > lastRow))
                {
                    var taken = new List<Piece>();
                    if (Takes(words, 0, pieces, 0, taken) && IsAllUsed(pieces.Take(before.Count - from), taken)
                        && new LabelMatch(Rows[row], from, tail.Count(taken.Contains), taken, Behind(taken, span)) is var match && mayBe(match))
                    {
                        return match;
                    }
                }
            }
        }
        return Alike(before, first, lastRow) is { } alike && mayBe(alike) ? alike : null;
    }

    private static List<Piece> Behind(List<Piece> taken, int span)
    {
        var at = 0;
        return [.. taken.SkipWhile(piece => (at += piece.Folded.Length) <= span)];
    }

    /// <summary>Words between a label and its values that are no part of it are another label's.</summary>
    private bool IsAllUsed(IEnumerable<Piece> before, List<Piece> taken) => before.All(piece => taken.Contains(piece) || IsSpan(piece));

    /// <summary>Whether a piece may be part of a spanning label, or be one.</summary>
    public bool IsSpan(Piece piece) => _spans.Any(span => span.Contains(piece.Folded, StringComparison.Ordinal));

    /// <summary>1、 and 1. are one way to number.</summary>
    private static string Canonical(string folded) => folded.Length > 1 && char.IsAsciiDigit(folded[0]) && folded[1] is '.' or '、' or ',' ? folded[0] + "." + folded[2..] : folded;

    private bool Takes(string words, int at, List<Piece> pieces, int next, List<Piece> taken)
    {
        if (at == words.Length)
        {
            return true;
        }
        if (next == pieces.Count)
        {
            return false;
        }
        var piece = pieces[next];
        var own = at == 0 ? Canonical(piece.Folded) : piece.Folded;
        if (own.Length > 0 && string.CompareOrdinal(words, at, own, 0, own.Length) == 0)
        {
            taken.Add(piece);
            if (Takes(words, at + own.Length, pieces, next + 1, taken))
            {
                return true;
            }
            taken.RemoveAt(taken.Count - 1);
        }
        return at > 0 && IsSpan(piece) && Takes(words, at, pieces, next + 1, taken);
    }

    /// <summary>A label with a slip of the pen: the same number, words alike, and no other row near by that is as like.</summary>
    private LabelMatch? Alike(IReadOnlyList<Piece> before, int first, int lastRow)
    {
        var ahead = Rows.Skip(lastRow + 1).Take(RowsAhead).ToList();
        for (var from = before.Count - 1; from >= Math.Max(first, before.Count - 3); from--)
        {
            var taken = before.Skip(from).Where(piece => piece == before[^1] || !IsSpan(piece)).ToList();
            var label = Label.Parse(string.Concat(taken.Select(piece => piece.Cell.Text)));
            var same = ahead.Where(row => FormWords.Official(row.Label) is var official && official.Kind == label.Kind && official.Number == label.Number);
            if (taken.Count > 1 && ahead.TrueForAll(row => !Folding.Fold(row.Label).Contains(taken[^1].Folded, StringComparison.Ordinal)))
            {
                // The words beside the numbers are no part of a label: they name a row of their own.
                continue;
            }
            if (label.Words.Length > 2 && Likeness.Best(label.Words, same, row => FormWords.Words(row.Label)) is { } row)
            {
                return new LabelMatch(row, from, 0, taken, taken);
            }
        }
        return null;
    }
}
