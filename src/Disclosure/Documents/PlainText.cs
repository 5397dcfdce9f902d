using Disclosure.Documents.Layouts;

namespace Disclosure.Documents;

/// <summary>
/// Reads text/plain. Tables come in three layouts: a row a line with tabs between the cells; a cell a line, led by a tab and
/// running on to the next tab-led line, where an empty line ends the row; or cells with | between or behind them, a row or a
/// cell a line. One document may hold all.
/// </summary>
public static class PlainText
{
    /// <summary>No report has anywhere near so many rows and cells; what follows stays together, as one line.</summary>
    private const int MostCells = 100_000;

    public static SourceText Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var gathering = new PlainRows();
        // What a line is may show on the two after it.
        var held = new Queue<PlainLine>();
        foreach (var line in PlainLine.Of(text))
        {
            held.Enqueue(line);
            if (held.Count > 2)
            {
                gathering.Add(held.Dequeue(), held.Peek().Kind, line.Kind);
            }
            if (gathering.Size > MostCells)
            {
                var rest = held.Dequeue();
                held = new Queue<PlainLine>([new PlainLine(PlainLine.Storable(text[rest.Start..]), rest.Number, LineKind.Words, rest.Start)]);
                break;
            }
        }
        while (held.TryDequeue(out var last))
        {
            gathering.Add(last, held.TryPeek(out var next) ? next.Kind : LineKind.Blank, LineKind.Blank);
        }
        return new SourceText(gathering.Finish());
    }
}
