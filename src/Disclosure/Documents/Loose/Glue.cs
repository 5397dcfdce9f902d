using System.Collections.Frozen;
using Disclosure.Formats;
using Disclosure.Prose;

namespace Disclosure.Documents.Loose;

/// <summary>
/// Takes apart text that lost everything between its cells: 规章055 is a label and the digits of three numbers. One line may
/// hold a row or a whole table. The labels of the forms show where digits begin and end; what the digits mean is not told here.
/// </summary>
internal static class Glue
{
    private const int Longest = 8_000;
    private const int LongestLabel = 120;

    /// <summary>A line of which a fourth is neither label nor digits is a sentence that happens to name a row.</summary>
    private const int MostUnknown = 4;

    private static readonly FrozenDictionary<char, string[]> _labels = Labels()
        .GroupBy(label => label[0]).ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(label => label.Length).ToArray());

    private static readonly FrozenSet<string> _rows = KnownFormats.All.SelectMany(form => form.Tables).SelectMany(table => table.Rows)
        .Select(row => Folding.Fold(row.Label)).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Labels and digits in turn; null when no row's label stands right against a digit.</summary>
    public static List<(SourceCell Cell, bool IsValue)>? Parts(SourceCell cell)
    {
        var text = cell.Text;
        if (text.Length is < 3 or > Longest || !text.AsSpan().ContainsAnyInRange('0', '9') || !Label.IsWritten(text) || text.Contains('。', StringComparison.Ordinal))
        {
            return null;
        }
        var folded = Folding.Fold(text);
        var parts = new List<(SourceCell Cell, bool IsValue)>();
        var (at, open, isGlued, unknown) = (0, 0, false, 0);
        while (at < folded.Length)
        {
            if (LabelAt(folded, at) is not { } label)
            {
                at++;
                continue;
            }
            unknown += Close(parts, cell, folded[open..at], open);
            parts.Add((cell with { Text = label, Column = cell.Column + at, Place = null }, false));
            at += label.Length;
            isGlued |= at < folded.Length && char.IsAsciiDigit(folded[at]) && _rows.Contains(label);
            open = at;
        }
        unknown += Close(parts, cell, folded[open..], open);
        return isGlued && !parts[0].IsValue && unknown <= folded.Length / MostUnknown ? parts : null;
    }

    /// <summary>Words of any kind with digits right against their end: part of a label, or one with a slip of the pen.</summary>
    public static List<(SourceCell Cell, bool IsValue)>? Tail(SourceCell cell)
    {
        var text = cell.Text.TrimEnd();
        var at = text.Length;
        while (at > 0 && (char.IsAsciiDigit(text[at - 1]) || text[at - 1] is '.'))
        {
            at--;
        }
        return at > 0 && at < text.Length && text.Length <= LongestLabel && !Folding.IsSpace(text[at - 1]) && Label.IsWritten(text[..at])
            ? [(cell.Part(0, at), false), (cell.Part(at, text.Length), true)]
            : null;
    }

    /// <summary>Answers how many characters are neither a label nor digits.</summary>
    private static int Close(List<(SourceCell Cell, bool IsValue)> parts, SourceCell cell, string between, int at)
    {
        if (between.Length == 0)
        {
            return 0;
        }
        var isValue = between.All(c => char.IsAsciiDigit(c) || c is '.' or ',');
        parts.Add((cell with { Text = between, Column = cell.Column + at, Place = null }, isValue));
        return isValue ? 0 : between.Length;
    }

    private static string? LabelAt(string folded, int at)
    {
        foreach (var label in _labels.GetValueOrDefault(folded[at]) ?? [])
        {
            if (string.CompareOrdinal(folded, at, label, 0, label.Length) == 0)
            {
                return label;
            }
        }
        return null;
    }

    /// <summary>总计 and 其他 without a number before them may end any label, and are none here.</summary>
    private static IEnumerable<string> Labels()
    {
        foreach (var table in KnownFormats.All.SelectMany(form => form.Tables))
        {
            IEnumerable<string> labels =
            [
                table.Note ?? "",
                .. table.Rows.SelectMany(row => row.Under.Append(row.Label)),
                .. table.Rows.Where(row => row.Label.Contains('.', StringComparison.Ordinal)).Select(row => row.Label.Replace(".", "、", StringComparison.Ordinal)),
                .. table.Blocks.Select(block => block.Caption ?? ""),
                .. table.Blocks.SelectMany(block => block.Columns).Select(column => column.Label),
            ];
            foreach (var label in labels.Select(Folding.Fold).Where(label => label.Length > 2 || label == "规章").Distinct())
            {
                yield return label;
            }
        }
    }
}
