using Disclosure.Contents;
using Disclosure.Prose;

namespace Disclosure.Rules.Likenesses;

/// <summary>The words that a body itself puts into its report: sections one and five and what stands beside the tables. Preamble and fee statement are much the same everywhere.</summary>
public static class OwnWords
{
    private static readonly string[] _sections = ["overview", "proactive", "applications", "disputes", "problems"];

    public static Likeness Of(ReportContent content, string? agencyName) =>
        Likeness.Of(string.Join('\n', _sections.Select(section => content.Section(section) ?? "")), Names(agencyName));

    public static Likeness OfProblems(ReportContent content, string? agencyName) => Likeness.Of(content.Section("problems") ?? "", Names(agencyName));

    /// <summary>The name, and what is left of it without the place.</summary>
    private static string[] Names(string? agencyName)
    {
        var name = FoldedText.Of(agencyName ?? "").Text;
        var place = name.LastIndexOfAny(['省', '市', '县', '区', '州', '旗', '镇', '乡'], Math.Max(0, name.Length - 2)) + 1;
        return [name, name[place..], name[..place]];
    }
}
