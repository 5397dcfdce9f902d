using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Rules;
using Disclosure.Rules.Examples;

namespace Disclosure.Tests.Rules;

/// <summary>A report on which no rule has anything to say, for sentences to be put into.</summary>
internal static class CleanReport
{
    public static ReportContent Content { get; } = Samples.Whole();

    public static Surroundings Around { get; } = ExampleReport.For(ExampleReport.Year, Format2021.Value).Surroundings;

    /// <summary>The report with other words on requests in section one; {received}, {handled} and the like are the tables' figures.</summary>
    public static ReportContent Telling(string requests)
    {
        var overview = Content.Section("overview")!;
        var (from, to) = (overview.IndexOf("（二）", StringComparison.Ordinal), overview.IndexOf("（三）", StringComparison.Ordinal));
        return Content.With("/sections/overview", $"{overview[..from]}（二）依申请公开情况。{Filled(requests)}\n{overview[to..]}");
    }

    /// <summary>A sentence before the section's own, or, where it is section one, a paragraph behind them.</summary>
    public static ReportContent With(string section, string words) => Content.With(
        $"/sections/{section}", section == "overview" ? $"{Content.Section(section)}\n{words}" : words + Content.Section(section));

    public static IReadOnlyList<Finding> Findings(ReportContent content, Surroundings? around = null, string? agencyName = null)
    {
        var filing = Samples.Filing() with { Content = content };
        return RuleBook.Assess(new RuleInput(ExampleReport.Year, filing with { AgencyName = agencyName ?? filing.AgencyName }, around ?? Around)).Findings;
    }

    private static string Filled(string words)
    {
        decimal Of(string row, string column = "total", string table = "applications") => Content.Cell(new(table, row, column))!.Value;
        return words
            .Replace("{received}", $"{Of("received")}", StringComparison.Ordinal).Replace("{handled}", $"{Of("totalHandled")}", StringComparison.Ordinal)
            .Replace("{in}", $"{Of("carriedIn")}", StringComparison.Ordinal).Replace("{over}", $"{Of("carriedOver")}", StringComparison.Ordinal)
            .Replace("{all}", $"{Of("received") + Of("carriedIn")}", StringComparison.Ordinal).Replace("{natural}", $"{Of("received", "naturalPerson")}", StringComparison.Ordinal)
            .Replace("{granted}", $"{Of("granted")}", StringComparison.Ordinal).Replace("{partial}", $"{Of("partiallyGranted")}", StringComparison.Ordinal)
            .Replace("{reviews}", $"{Of("reconsideration", table: "disputes")}", StringComparison.Ordinal)
            .Replace("{suits}", $"{Of("litigation", table: "disputes") + Of("litigationAfterReconsideration", table: "disputes")}", StringComparison.Ordinal);
    }
}
