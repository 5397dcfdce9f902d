using System.Globalization;
using System.Text;
using Disclosure.Contents;
using Disclosure.Prose;

namespace Disclosure.Documents;

/// <summary>Takes out what is no part of what a report says: marks that an editor left behind, and page numbers.</summary>
internal static class Traces
{
    /// <summary>Bookmarks and cross references that word processors and converters leave in plain text, by how they begin and end.</summary>
    private static readonly (string Begins, char Ends)[] _marks = [("[bookmark:", ']'), ("[bookmark=", ']')];

    private const int LongestMark = 200;

    /// <summary>The rows without editing marks, which are kept apart in the order they stood.</summary>
    public static IEnumerable<SourceRow> WithoutMarks(IEnumerable<SourceRow> rows, List<string> marks)
    {
        foreach (var row in rows)
        {
            yield return row.Cells.Any(cell => HasMark(cell.Text))
                ? row with { Cells = [.. row.Cells.Select(cell => cell with { Text = Lift(cell.Text, marks) })] }
                : row;
        }
    }

    /// <summary>The rows without page numbers: lines such as "- 3 -" or "第3页 共9页" that count up from one another through the document.</summary>
    public static IReadOnlyList<SourceRow> WithoutPageNumbers(IReadOnlyList<SourceRow> rows, out int dropped)
    {
        var pages = rows.Select(row => (Row: row, Page: PageNumber(row))).Where(page => page.Page is not null).ToList();
        var counting = pages.Count > 0 && pages.Zip(pages.Skip(1)).All(pair => pair.Second.Page == pair.First.Page + 1);
        dropped = counting ? pages.Count : 0;
        return counting ? [.. rows.Except(pages.Select(page => page.Row), ReferenceEqualityComparer.Instance).OfType<SourceRow>()] : rows;
    }

    private static bool HasMark(string text) => text.Contains('[', StringComparison.Ordinal) && _marks.Any(mark => text.Contains(mark.Begins, StringComparison.OrdinalIgnoreCase));

    private static string Lift(string text, List<string> marks)
    {
        var kept = new StringBuilder(text.Length);
        var at = 0;
        while (at < text.Length && marks.Count < ContentShape.MaxItems && Next(text, at) is var (start, end))
        {
            kept.Append(text, at, start - at);
            marks.Add(text[start..end]);
            at = end;
        }
        return kept.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>The next mark from a place on; one that does not end is left in the text.</summary>
    private static (int Start, int End)? Next(string text, int from)
    {
        foreach (var (begins, ends) in _marks)
        {
            var start = text.IndexOf(begins, from, StringComparison.OrdinalIgnoreCase);
            while (start >= 0)
            {
                var end = text.IndexOf(ends, start, Math.Min(LongestMark, text.Length - start));
                if (end >= 0)
                {
                    return (start, end + 1);
                }
                start = text.IndexOf(begins, start + 1, StringComparison.OrdinalIgnoreCase);
            }
        }
        return null;
    }

    private static int? PageNumber(SourceRow row)
    {
        if (row.Table is not null || row.Cells is not [var cell] || cell.Text.Length > 20 || !cell.Text.AsSpan().ContainsAnyInRange('0', '9'))
        {
            return null;
        }
        var folded = Folding.Fold(cell.Text);
        var digits = folded.StartsWith('-') && folded.EndsWith('-') ? folded.Trim('-')
            : folded.StartsWith('第') && folded.IndexOf('页', StringComparison.Ordinal) is var page and > 1 && (page == folded.Length - 1 || folded[page..].TrimStart('页', ',', '/', '(').StartsWith('共')) ? folded[1..page]
            : "";
        return digits.Length is > 0 and <= 3 && digits.All(char.IsAsciiDigit) ? int.Parse(digits, CultureInfo.InvariantCulture) : null;
    }
}
