using System.Collections.Immutable;
using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Prose;
using Disclosure.Rules.Fees;
using Disclosure.Rules.Tables;
using Disclosure.Rules.Texts;

namespace Disclosure.Rules;

/// <summary>
/// What a filing says in words, with all that is seen in them. A draft's numbers change more often than its words, so that
/// whoever judges it after each save keeps this: what hangs on words alone is then not worked out again.
/// </summary>
public sealed class Wording(int year, string? agencyName, ImmutableSortedDictionary<string, string> words)
{
    private readonly ReportContent _content = new(CellValues.Empty, words);

    // Several requests may judge one draft at once. Each of these is the same whoever works it out, and complete when it is put in place.
    private Heard? _heard;

    public static Wording Of(int year, Filing filing) => new(year, filing.AgencyName, filing.Content.Words);

    /// <summary>Whether these are the words of the filing. Other words that read the same are taken for others, which only costs time.</summary>
    public bool IsOf(int reportYear, Filing filing) => year == reportYear && ReferenceEquals(words, filing.Content.Words) && agencyName == filing.AgencyName;

    /// <summary>The body's own words, as they are compared with those of other reports.</summary>
    public Likeness OwnWords => field ??= Likenesses.OwnWords.Of(_content, agencyName);

    /// <summary>The sections that say anything, with what is seen in their prose.</summary>
    internal IReadOnlyList<Passage> Passages => field ??= PassagesOf(_content);

    /// <summary>What the prose says of the processing fee.</summary>
    internal FeeStatement Fees => field ??= FeeStatement.In(Passages);

    /// <summary>What the prose says of requests, reviews and suits.</summary>
    internal IReadOnlyList<Claim> Claims => field ??= ClaimReader.In(Passages, year, agencyName);

    /// <summary>What the prose says of how all reviews or suits ended.</summary>
    internal IReadOnlyList<SaidOutcome> Outcomes => field ??= DisputeRules.OutcomesIn(Passages);

    /// <summary>All prose without blanks and line breaks, in the order of the sections.</summary>
    internal string AllProse => field ??= string.Concat(Sections.All.Select(section => Prose(section.Key)));

    /// <summary>A section's prose without blanks and line breaks, for searching; empty when the section is not given.</summary>
    internal string Prose(string section) => Squeezed.GetValueOrDefault(section, "");

    private Dictionary<string, string> Squeezed => field ??= Sections.All.ToDictionary(section => section.Key, section => Words.Squeeze(_content.Section(section.Key)), StringComparer.Ordinal);

    /// <summary>What the rules that look at words alone say of them, by the rule's code. They are shown no number, so that none can count.</summary>
    internal Dictionary<string, IReadOnlyList<Flaw>> FlawsAmong(Surroundings surroundings)
    {
        if (_heard is { } heard && heard.Among == surroundings)
        {
            return heard.Flaws;
        }
        var bare = new RuleInput(year, new Filing(agencyName, year, _content, Filing.NoReadings, []), surroundings, this);
        var flaws = new Dictionary<string, IReadOnlyList<Flaw>>(StringComparer.Ordinal);
        foreach (var rule in RuleBook.OfWords.Where(rule => rule.Applies(bare)))
        {
            if (rule.Check(bare).ToList() is { Count: > 0 } found)
            {
                flaws.Add(rule.Code, found);
            }
        }
        _heard = new Heard(surroundings, flaws);
        return flaws;
    }

    internal static IReadOnlyList<Passage> PassagesOf(ReportContent content) =>
    [
        .. from section in Sections.All
           let prose = content.Section(section.Key)
           where !string.IsNullOrWhiteSpace(prose)
           select new Passage(section.Key, prose),
    ];

    private sealed record Heard(Surroundings Among, Dictionary<string, IReadOnlyList<Flaw>> Flaws);
}
