using System.Text;
using System.Text.RegularExpressions;
using Disclosure.Contents;

namespace Disclosure.Tests.Documents;

/// <summary>
/// Counts characters on both sides of reading. What is a table is decided here by layout alone and what is a heading by a
/// pattern, so that the check does not believe what it checks.
/// </summary>
internal static partial class Characters
{
    public static void AssertAllKept(string document, Filing filing)
    {
        var printed = Count(string.Concat(Prose(document)));
        var kept = Count(filing.Word("/title") + string.Concat(filing.Content.Words
            .Where(word => word.Key.StartsWith("/sections/", StringComparison.Ordinal) || word.Key.StartsWith("/source/marks/", StringComparison.Ordinal))
            .Select(word => word.Value)));
        Assert.Equal(Lines(printed), Lines(kept));
    }

    /// <summary>The lines outside tables, without the headings of the six parts and a date that is a line of its own.</summary>
    private static IEnumerable<string> Prose(string document)
    {
        var inCell = false;
        foreach (var line in document.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            var tabbed = line.Contains('\t', StringComparison.Ordinal);
            inCell = tabbed || (inCell && line.Trim().Length > 0 && line.Trim().Length <= 8);
            if (!inCell && !Date().IsMatch(line.Trim()))
            {
                yield return Heading().Replace(line, "${mark}", 1);
            }
        }
    }

    private static Dictionary<Rune, int> Count(string text) =>
        text.EnumerateRunes().Where(rune => !Rune.IsWhiteSpace(rune)).GroupBy(rune => rune).ToDictionary(runes => runes.Key, runes => runes.Count());

    private static IEnumerable<string> Lines(Dictionary<Rune, int> counts) => counts.Select(count => $"{count.Key} × {count.Value}").Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^(?<mark>(?:\[bookmark[^\]]*\])?)\s*(?:[一二三四五六]、|\d、)?\s*(?:总体情况|主动公开政府信息情况|收到和处理政府信息公开申请情况|政府信息公开行政复议、行政诉讼情况|存在的主要问题[及和]改进情况|其他需要报告的事项)\s*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\d{4}年\d{1,2}月\d{1,2}日$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Date();
}
