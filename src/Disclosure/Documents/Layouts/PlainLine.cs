using System.Runtime.InteropServices;

namespace Disclosure.Documents.Layouts;

/// <summary>What a line of a plain text is by its signs.</summary>
internal enum LineKind
{
    Blank,
    Words,

    /// <summary>Led by its only tab: one cell.</summary>
    Cell,

    /// <summary>Tabs between cells: one row.</summary>
    Row,

    /// <summary>| between cells.</summary>
    Pipes,

    /// <summary>| at its end, behind one cell or two.</summary>
    Ended,

    /// <summary>| and nothing else.</summary>
    Bars,
}

/// <summary>A line of a plain text.</summary>
/// <param name="Start">Where it begins in the text.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PlainLine(string Text, int Number, LineKind Kind, int Start)
{
    public static IEnumerable<PlainLine> Of(string text)
    {
        var number = 0;
        var start = text.StartsWith('\uFEFF') ? 1 : 0;
        while (start <= text.Length)
        {
            var length = text.AsSpan(start).IndexOfAny('\n', '\r');
            var end = length < 0 ? text.Length : start + length;
            var line = Storable(text[start..end]);
            number++;
            yield return new PlainLine(line, number, KindOf(line), start);
            start = end + (text.AsSpan(end).StartsWith("\r\n", StringComparison.Ordinal) ? 2 : 1);
        }
    }

    /// <summary>Control characters are no writing and cannot be stored as JSON everywhere; a blank keeps the columns right.</summary>
    public static string Storable(string line) => line.AsSpan().ContainsAnyInRange('\0', '\u0008') || line.AsSpan().ContainsAnyInRange('\u000B', '\u001F')
        ? string.Create(line.Length, line, static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = from[i] is < ' ' and not '\t' ? ' ' : from[i];
            }
        })
        : line;

    private static LineKind KindOf(string line)
    {
        if (line.Contains('|', StringComparison.Ordinal) && (PipeRows.Is(line) || PipeBlock.IsEnded(line)))
        {
            return PipeBlock.IsBars(line) ? LineKind.Bars : PipeRows.Is(line) ? LineKind.Pipes : LineKind.Ended;
        }
        var tab = line.IndexOf('\t', StringComparison.Ordinal);
        if (tab < 0)
        {
            return string.IsNullOrWhiteSpace(line) ? LineKind.Blank : LineKind.Words;
        }
        return tab == 0 && line.IndexOf('\t', 1) < 0 ? LineKind.Cell : LineKind.Row;
    }
}
