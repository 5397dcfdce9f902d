using Disclosure.Formats;

namespace Disclosure.Rules.Examples;

/// <summary>Changes of the clean report's prose: a sentence more or another sentence, everything else as it stands.</summary>
internal static class ProseExamples
{
    private static readonly Contents.ReportContent _clean = ExampleReport.For(ExampleReport.Year, Format2021.Value).Content;

    public static string Preamble => _clean.Section("preamble")!;

    public static string Overview2023 => _clean.Section("overview")!;

    public static string Problems2023 => _clean.Section("problems")!;

    public static string PreambleWithoutForm =>
        Preamble.Replace("和《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）", "", StringComparison.Ordinal);

    /// <summary>A sentence before section five.</summary>
    public static Example Problems(string sentence) => Example.Of(("/sections/problems", sentence + _clean.Section("problems")));

    /// <summary>A paragraph after section one.</summary>
    public static Example Overview(string paragraph) => Example.Of(("/sections/overview", $"{_clean.Section("overview")}\n{paragraph}"));

    /// <summary>Other words on requests in section one; {received}, {handled} … stand for the totals of table 3.</summary>
    public static Example Requests(string words) => Example.Of(("/sections/overview", OverviewWith(words)));

    /// <summary>Another section six.</summary>
    public static Example OtherMatters(string words) => Example.Of(("/sections/otherMatters", words));

    public static string OverviewWith(string requests)
    {
        var overview = _clean.Section("overview")!;
        var (from, to) = (overview.IndexOf("（二）", StringComparison.Ordinal), overview.IndexOf("（三）", StringComparison.Ordinal));
        return $"{overview[..from]}（二）依申请公开情况。{Filled(requests)}\n{overview[to..]}";
    }

    /// <summary>Figures by name: a row of table 3 for its total, or row.column.</summary>
    private static string Filled(string words) => _clean.Cells
        .Where(cell => cell.Key.Table == "applications")
        .Aggregate(words, (all, cell) => all.Replace(cell.Key.Column == "total" ? $"{{{cell.Key.Row}}}" : $"{{{cell.Key.Row}/{cell.Key.Column}}}", cell.Value.ToString(), StringComparison.Ordinal));
}
