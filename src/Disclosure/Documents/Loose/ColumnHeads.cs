using Disclosure.Prose;

namespace Disclosure.Documents.Loose;

/// <summary>Tells from the words of a header where its columns stand: the words of a label stand above each other.</summary>
internal static class ColumnHeads
{
    /// <summary>Words that stand above each other.</summary>
    private sealed record Stack(Extent Across, List<SourceCell> Cells)
    {
        public string Words => Folding.Fold(string.Concat(Cells.OrderBy(cell => cell.Place!.Middle).Select(cell => cell.Text)));
    }

    /// <summary>Where the columns stand when the header has all labels in their order and nothing else; null otherwise.</summary>
    /// <param name="labels">Folded.</param>
    public static ColumnPlaces? All(IReadOnlyList<Piece> header, IReadOnlyList<string> labels) =>
        Stacks(header, labels) is var stacks && stacks.Select(stack => stack.Words).SequenceEqual(labels) ? Places(stacks) : null;

    /// <summary>The same for a header that has some of the labels.</summary>
    public static ColumnPlaces? Some(IReadOnlyList<Piece> header, IReadOnlyList<string> labels) =>
        Stacks(header, labels) is var stacks && stacks.TrueForAll(stack => labels.Contains(stack.Words)) ? Places(stacks) : null;

    /// <summary>A header that is cut by the end of a page shows nothing: the next one may be set farther to a side.</summary>
    private static ColumnPlaces? Places(List<Stack> stacks) =>
        stacks.SelectMany(stack => stack.Cells).Select(cell => cell.Place!.Page).Distinct().ToList() is [var page] ? ColumnPlaces.Of(stacks.ConvertAll(stack => stack.Across), page) : null;

    private static List<Stack> Stacks(IReadOnlyList<Piece> header, IReadOnlyList<string> labels)
    {
        var stacks = new List<Stack>();
        foreach (var word in header.SelectMany(Words).Where(word => labels.Any(label => label.Contains(Folding.Fold(word.Text), StringComparison.Ordinal))).OrderBy(word => word.Across!.Value.From))
        {
            var across = word.Across!.Value;
            if (stacks is [.., var (last, cells)] && across.From <= last.To)
            {
                cells.Add(word);
                stacks[^1] = new Stack(last with { To = Math.Max(last.To, across.To) }, cells);
            }
            else
            {
                stacks.Add(new Stack(across, [word]));
            }
        }
        return stacks;
    }

    private static IEnumerable<SourceCell> Words(Piece piece)
    {
        var cell = piece.Cell;
        return cell.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is var words && cell.Place is { } place && place.Words.Count == words.Length
            ? words.Zip(place.Words, (word, across) => cell with { Text = word, Place = place with { Words = [across] } })
            : [];
    }
}
