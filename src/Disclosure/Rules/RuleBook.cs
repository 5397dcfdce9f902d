using Disclosure.Rules.Bodies;
using Disclosure.Rules.Citations;
using Disclosure.Rules.Compiling;
using Disclosure.Rules.Fees;
using Disclosure.Rules.Language;
using Disclosure.Rules.Likenesses;
using Disclosure.Rules.Privacy;
using Disclosure.Rules.Publishing;
using Disclosure.Rules.Structure;
using Disclosure.Rules.Tables;
using Disclosure.Rules.Texts;
using Disclosure.Rules.Years;

namespace Disclosure.Rules;

/// <summary>Every rule there is, in the order in which findings are told: what the form is, then its cells, then its sums. A new family is a line here.</summary>
public static class RuleBook
{
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        .. FormRules.All,
        .. TableRules.All,
        .. Words(SectionRules.All, "STR-001", "STR-002"),
        .. Words(OverviewRules.All),
        .. Words(ProblemsRules.All),
        .. Words(LeftoverRules.All),
        .. Words(TitleRules.All),
        .. Words(PeriodRules.All),
        .. Words(RegisterRules.All),
        .. CellRules.All,
        .. ProactiveRules.All,
        .. TrialProactiveRules.All,
        .. SumRules.All,
        .. RequestRules.All,
        .. DisputeRules.All,
        .. CarryRules.All,
        .. PreviousRules.All,
        .. Words(PublicationRules.All),
        .. ProcessRules.All,
        .. CompilationRules.All,
        .. Words(NamesInProseRules.All),
        .. Words(ForeignPlaceRules.All),
        .. ProactiveTextRules.All,
        .. ClaimRules.All,
        .. ShareRules.All,
        .. Words(SelfRules.All),
        .. Words(NumberRules.All),
        .. Words(CitedTitleRules.All, "CIT-006"),
        .. Words(FeeRules.All, "FEE-005"),
        .. Words(LikenessRules.All, "DUP-004"),
        .. Words(PrivacyRules.All),
        .. Words(SecrecyRules.All),
        .. Words(LanguageRules.All),
    ];

    /// <summary>All of them, causes before what they bring about.</summary>
    internal static IReadOnlyList<Rule> CausesFirst { get; } = CauseFirst.Order(Rules);

    /// <summary>The rules that look at nothing but words.</summary>
    internal static IReadOnlyList<Rule> OfWords { get; } = [.. Rules.Where(rule => rule.LooksAtWords)];

    private static readonly IReadOnlyList<Rule> _range = [.. Rules.Where(rule => CellRules.RangeCodes.Contains(rule.Code, StringComparer.Ordinal))];

    private static readonly IReadOnlyList<Rule> _atPublication = [.. Rules.Where(rule => rule.Needs.Contains(Need.Publication))];

    /// <summary>The version under which results are stored.</summary>
    public static string Version => RuleSet.Current.Version;

    public static Rule? Find(string code) => Rules.FirstOrDefault(rule => rule.Code == code);

    /// <summary>Judges a filing by every rule in force, in one pass.</summary>
    public static Assessment Assess(RuleInput input) => Assess(input, RuleSet.Current);

    /// <summary>Judges a filing by the rules of this set, causes before what they bring about.</summary>
    public static Assessment Assess(RuleInput input, RuleSet set)
    {
        var findings = new List<Finding>();
        var notAssessed = new List<NotAssessed>();
        var ofWords = input.Wording.FlawsAmong(input.Surroundings);
        foreach (var (rule, severity) in set.Weighed)
        {
            if (input.Year < rule.FromYear)
            {
                continue;
            }
            if (rule.Missing(input) is { } missing)
            {
                notAssessed.Add(new NotAssessed(rule.Code, missing.Why));
                continue;
            }
            foreach (var flaw in rule.LooksAtWords ? ofWords.GetValueOrDefault(rule.Code, []) : rule.Check(input))
            {
                findings.Add(Finding(rule, severity, flaw));
            }
        }
        return new Assessment(set.Version, findings, notAssessed);
    }

    /// <summary>Rules that say what they say whatever the numbers are.</summary>
    /// <param name="but">Codes of those among them that look at numbers too.</param>
    private static IEnumerable<Rule> Words(IReadOnlyList<Rule> rules, params string[] but) => rules.Select(rule => rule with { LooksAtWords = !but.Contains(rule.Code, StringComparer.Ordinal) });

    /// <summary>The findings on numbers that can stand in no report (negative counts, fractions); such numbers are refused at the door.</summary>
    public static IReadOnlyList<Finding> OutOfRange(RuleInput input) => input.Misfits.Count == 0 ? [] :
    [
        .. from rule in _range
           from flaw in rule.Check(input)
           let finding = Finding(rule, rule.Severity, flaw)
           where finding.Severity == Severity.Error
           select finding,
    ];

    /// <summary>The errors that come to light only when a report is published, such as a year that is not over.</summary>
    public static IReadOnlyList<Finding> AtPublication(RuleInput input) =>
    [
        .. from rule in _atPublication
           where rule.Missing(input) is null
           from flaw in rule.Check(input)
           let finding = Finding(rule, rule.Severity, flaw)
           where finding.Severity == Severity.Error
           select finding,
    ];

    private static Finding Finding(Rule rule, Severity severity, Flaw flaw) =>
        new(rule.Code, flaw.Severity ?? severity, flaw.Messages, rule.Basis, flaw.Pointers)
        {
            Span = flaw.Span,
            Stated = flaw.Stated,
            Computed = flaw.Computed,
            Hints = flaw.Hints,
        };
}
