using System.Buffers;
using Disclosure.Prose;

namespace Disclosure.Documents;

/// <summary>The title of a report and what it says.</summary>
/// <param name="First">The first entry that is part of the title.</param>
/// <param name="Last">The last one.</param>
/// <param name="Agency">As printed, without white space; null when the title names none.</param>
internal sealed record Title(int First, int Last, string Printed, string? Agency, int? Year)
{
    private const string Core = "政府信息公开";
    private const string End = "报告";

    /// <summary>What stands between core and end in titles that are in use; anything else makes another kind of report.</summary>
    private static readonly string[] _tails = ["工作年度报告", "年度报告", "工作报告", "年报", "报告", "情况年度报告", "工作情况年度报告", "工作情况报告", "工作年报"];

    /// <summary>A title is looked for in so many lines before the first heading, is printed on so many, and is so long at most.</summary>
    private const int LinesSearched = 200;
    private const int MostLines = 4;
    private const int Longest = 120;

    /// <summary>The characters of a sentence, a path on a web page or a document number. No title and no agency has them.</summary>
    private static readonly SearchValues<char> _foreign = SearchValues.Create("。,;:?!>|号");
    private static readonly SearchValues<char> _path = SearchValues.Create(">|");
    private static readonly SearchValues<char> _sentence = SearchValues.Create("。,;:?!");

    /// <summary>
    /// The title among the lines of prose before an entry, or null. A page may name itself in its navigation as well: the
    /// line that tells most, agency and year, is the title, and of equals the first.
    /// </summary>
    public static Title? Find(IReadOnlyList<Entry> entries, int before)
    {
        var from = Math.Max(0, before - LinesSearched);
        var best = Enumerable.Range(from, before - from).Select(last => EndingAt(entries, from, last)).OfType<Title>().MaxBy(title => title.Tells);
        return best?.Agency is null && best is not null ? WithAgencyAbove(entries, best) : best;
    }

    private int Tells => (Agency is null ? 0 : 2) + (Year is null ? 0 : 1);

    private static Title? EndingAt(IReadOnlyList<Entry> entries, int from, int last)
    {
        for (var first = last; first >= from && first > last - MostLines; first--)
        {
            if (entries[first].Table is not null || Read(entries, first, last) is not { } title)
            {
                return null;
            }
            if (title.Printed.Length > 0)
            {
                return title;
            }
        }
        return null;
    }

    /// <summary>Null when the lines cannot be the end of a title; with nothing printed when they can, but its beginning stands further up.</summary>
    private static Title? Read(IReadOnlyList<Entry> entries, int first, int last)
    {
        // Beside the title may stand what a page calls it: 标题.
        var printed = string.Concat(Enumerable.Range(first, last - first + 1).Select(i => entries[i].Text.Text.Trim()).Select(line => line[(line.LastIndexOf('\t') + 1)..]));
        if (printed.Length > 2 * Longest)
        {
            return null;
        }
        var folded = Unquoted(Folding.Fold(printed));
        var bare = WithoutBrackets(folded);
        if (folded.Length > Longest || !(bare.EndsWith(End, StringComparison.Ordinal) || bare.EndsWith("年报", StringComparison.Ordinal)) || folded.AsSpan().ContainsAny(_sentence))
        {
            return null;
        }
        var core = folded.LastIndexOf(Core, StringComparison.Ordinal);
        return core < 0 ? new Title(first, last, "", null, null) : Understood(first, last, printed, folded, core);
    }

    private static Title? Understood(int first, int last, string printed, string folded, int core)
    {
        var found = PrintedDays.YearIn(folded);
        var tail = folded[(core + Core.Length)..];
        if (found is { } inTail && inTail.At > core)
        {
            tail = tail.Remove(inTail.At - core - Core.Length, inTail.Length);
        }
        if (!_tails.Contains(WithoutBrackets(tail)))
        {
            return null;
        }
        var words = Unquoted(Folding.WithoutSpace(printed));
        var agency = words.Length == folded.Length ? words[..core] : folded[..core];
        if (found is { } year && year.At < core)
        {
            agency = agency.Remove(year.At, Math.Min(year.Length, core - year.At));
        }
        agency = agency.Replace("()", "", StringComparison.Ordinal).Replace("（）", "", StringComparison.Ordinal).TrimStart('度');
        agency = agency.EndsWith("人民", StringComparison.Ordinal) ? agency + "政府" : agency;
        return new Title(first, last, printed, agency.Length == 0 || agency == "关于" || agency.AsSpan().ContainsAny(_path) ? null : agency, found?.Year);
    }

    /// <summary>A line above the title that can be nothing but a name is the agency's; a name may be cut in two.</summary>
    private static Title WithAgencyAbove(IReadOnlyList<Entry> entries, Title title)
    {
        var first = title.First;
        while (first > 0 && title.First - first < 2 && IsName(entries[first - 1], entries[first], first == title.First))
        {
            first--;
        }
        if (first == title.First)
        {
            return title;
        }
        var above = string.Concat(Enumerable.Range(first, title.First - first).Select(i => entries[i].Text.Text.Trim()));
        var agency = Folding.WithoutSpace(above);
        var year = title.Year is null ? PrintedDays.YearIn(Folding.Fold(above)) : null;
        agency = year is { } printed && Folding.Fold(above).Length == agency.Length ? agency.Remove(printed.At, printed.Length) : agency;
        return title with { First = first, Printed = above + title.Printed, Agency = agency, Year = title.Year ?? year?.Year };
    }

    private static bool IsName(Entry line, Entry below, bool nearest)
    {
        var words = line.Text.Text.Trim();
        return line.Table is null && words.Length is >= 2 and <= 40 && !Folding.Fold(words).AsSpan().ContainsAny(_foreign)
            && PrintedDays.WholeLine(words) is null && !PrintedDays.IsImpossible(words)
            && (nearest || line.Text.Line == below.Text.Line - 1);
    }

    /// <summary>A year or the number of an edition may stand in brackets behind a title.</summary>
    private static string WithoutBrackets(string folded) =>
        folded.EndsWith(')') && folded.LastIndexOf('(') is var open and >= 0 ? folded[..open] : folded;

    private static string Unquoted(string words) => words.Trim('《', '》', '<', '>', '"', '“', '”');
}
