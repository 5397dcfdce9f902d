using System.Buffers;

namespace Disclosure.Documents.Layouts;

/// <summary>
/// Rows written with | between their cells, as Markdown and many converters do. What such tools write where a merged cell
/// goes on is no text: the same words again, or a sign of their own.
/// </summary>
internal static class PipeRows
{
    /// <summary>No form has a row anywhere near this wide; what follows stays together in the last cell.</summary>
    internal const int WidestRow = 200;

    /// <summary>A line without | at its start is a row when it has so many; fewer stand in lists of links as well.</summary>
    private const int FewestInside = 3;

    /// <summary>Written by converters into cells that hold nothing.</summary>
    private static readonly HashSet<string> _fillers = new(["nan", "none", "null", "^", "^^", "<", ">", "&nbsp;", "<br>", "<br/>"], StringComparer.OrdinalIgnoreCase);

    private static readonly SearchValues<char> _drawn = SearchValues.Create("|-:+ \t\r");

    public static bool Is(string line)
    {
        var bare = line.AsSpan().Trim();
        return bare.Length > 1 && (bare[0] == '|' || bare.Count('|') >= FewestInside);
    }

    /// <summary>The line below a header that only draws it: |---|:--:|.</summary>
    public static bool IsRule(string line) =>
        line.Contains("---", StringComparison.Ordinal) && !line.AsSpan().ContainsAnyExcept(_drawn);

    /// <summary>Whether the sign stands before the first cell as well; where rows do not begin so, one that does begins with a blank cell.</summary>
    public static bool IsLed(string line) => line.AsSpan().TrimStart().StartsWith("|", StringComparison.Ordinal);

    public static List<SourceCell> Cells(string line, int number, bool isLed = true)
    {
        var from = isLed && IsLed(line) ? line.IndexOf('|', StringComparison.Ordinal) + 1 : 0;
        var end = line.AsSpan().TrimEnd().Length;
        end = end > from && line[end - 1] == '|' && (end < 2 || line[end - 2] != '\\') ? end - 1 : end;
        var cells = new List<SourceCell>();
        while (from <= end)
        {
            var to = cells.Count < WidestRow - 1 ? EndOf(line, from, end) : end;
            Add(cells, line[from..to], number, from);
            from = to + 1;
        }
        return cells;
    }

    private static int EndOf(string line, int from, int end)
    {
        var at = from;
        while (at < end && (line[at] != '|' || (at > from && line[at - 1] == '\\')))
        {
            at++;
        }
        return at;
    }

    private static void Add(List<SourceCell> cells, string raw, int number, int offset)
    {
        var lead = raw.Length - raw.AsSpan().TrimStart().Length;
        var text = raw.Trim().Trim('*').Replace("<br>", "\n", StringComparison.OrdinalIgnoreCase).Replace("<br/>", "\n", StringComparison.OrdinalIgnoreCase)
            .Replace("&nbsp;", "\u00A0", StringComparison.Ordinal).Replace("\\|", "|", StringComparison.Ordinal);
        var cell = new SourceCell(_fillers.Contains(text) || text.StartsWith("Unnamed: ", StringComparison.Ordinal) ? "" : text, number, offset + (lead == raw.Length ? 0 : lead) + 1);
        var first = cells.Count - 1;
        while (first >= 0 && cells[first].Text.Length == 0)
        {
            first--;
        }
        // Words said again right beside themselves are one merged cell; numbers beside each other may be equal.
        if (first >= 0 && first + cells[first].Covers + 1 == cells.Count && text == cells[first].Text && Label.IsWritten(text))
        {
            cells[first] = cells[first] with { Covers = cells[first].Covers + 1 };
            cell = cell with { Text = "" };
        }
        cells.Add(cell);
    }
}
