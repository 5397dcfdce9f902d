using Disclosure.Contents;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules;

/// <summary>
/// A check that reviewers make. The code names the family and never changes meaning once released; what the rule says of
/// a filing depends on nothing but what it is given.
/// <para>
/// To add a rule, write it into the file of its family. To add a family, write a file (or a folder, where it needs
/// several) with a static list <c>All</c> of rules, and name that list in <see cref="RuleBook.Rules"/>; its prefix gets a
/// title in <see cref="RuleFamily"/>. A list that is named inside <c>Words(...)</c> there is judged on words alone: no number
/// is shown to its rules. Each rule carries its own examples: the tests apply them to the clean report of
/// <see cref="ExampleReport"/> and fail where the breaking one does not break, where the holding one does, and where
/// anything is found beside what <see cref="Implies"/> names. At last the committed catalogue is written anew
/// (<c>openapi/rules-v1.json</c>, by the test that compares it).
/// </para>
/// </summary>
/// <param name="Severity">The severity of its findings where a flaw does not say otherwise.</param>
/// <param name="Title">What is wrong, in a few words.</param>
/// <param name="Condition">When the rule fires, in words; where it departs from what one would expect, it says why.</param>
/// <param name="Basis">The law, form or notice that the rule stands on.</param>
/// <param name="Check">Every place where the filing breaks the rule. It runs only when all <see cref="Needs"/> are met.</param>
public sealed record Rule(string Code, Severity Severity, Message Title, Message Condition, string Basis, Func<RuleInput, IEnumerable<Flaw>> Check)
{
    /// <summary>First report year the rule is for; it says nothing of earlier ones.</summary>
    public int FromYear { get; init; } = Formats.KnownFormats.FirstYear;

    /// <summary>Severities that single flaws may have instead; the condition says when.</summary>
    public IReadOnlyList<Severity> OtherSeverities { get; init; } = [];

    /// <summary>What must be known before the rule can be judged.</summary>
    public IReadOnlyList<Need> Needs { get; init; } = [];

    /// <summary>
    /// Codes of rules that one cause may break together with this one. Where the other does not name this one in turn,
    /// this one is nearer to the cause and is told first.
    /// </summary>
    public IReadOnlyList<string> Implies { get; init; } = [];

    /// <summary>Changes of the clean report that leave the rule whole; they come near to breaking it.</summary>
    public required Example Holds { get; init; }

    /// <summary>Changes of the clean report that break the rule, and nothing that <see cref="Implies"/> does not name.</summary>
    public required Example Breaks { get; init; }

    /// <summary>Other ways to break it, which bring about what <see cref="Breaks"/> does not.</summary>
    public IReadOnlyList<Example> AlsoBreaks { get; init; } = [];

    /// <summary>Whether it looks at words and what is known around the filing, and at no number. It is judged without the numbers, and not again while only they change.</summary>
    public bool LooksAtWords { get; init; }

    public RuleFamily Family => RuleFamily.Of(Code);

    /// <summary>What must be known for the rule and is not; null when it can be judged.</summary>
    public Need? Missing(RuleInput input)
    {
        // Without an enumerator for each of all rules at each judgement.
        for (var i = 0; i < Needs.Count; i++)
        {
            if (!Needs[i].IsMet(input))
            {
                return Needs[i];
            }
        }
        return null;
    }

    /// <summary>Whether the rule is for this year and can be judged.</summary>
    public bool Applies(RuleInput input) => input.Year >= FromYear && Missing(input) is null;
}

/// <summary>One place where a rule is broken; the rule adds its code, severity and basis.</summary>
/// <param name="Pointers">JSON pointers into the content; the figure to look at first stands first.</param>
public sealed record Flaw(Message Messages, IReadOnlyList<string> Pointers)
{
    public Flaw(string zh, string en, params IReadOnlyList<string> pointers)
        : this(new Message(zh, en), pointers)
    {
    }

    /// <summary>Set where this flaw weighs otherwise than the rule's others do.</summary>
    public Severity? Severity { get; init; }
    public TextSpan? Span { get; init; }
    public decimal? Stated { get; init; }
    public decimal? Computed { get; init; }
    public IReadOnlyList<Hint> Hints { get; init; } = [];
}

/// <summary>Something that a rule must know before it can judge, and what is said when it is missing.</summary>
public sealed record Need(Func<RuleInput, bool> IsMet, Message Why)
{
    public static Need Agency { get; } = new(
        input => input.Surroundings.Agency is not null,
        new("登记簿中没有与该报告对应的机关，未核对", "The register has no agency that this filing can be matched with"));

    public static Need Previous { get; } = new(
        input => input.LastYears.Any(),
        new("未找到上年年报，未做跨年核对", "Last year's report is not known here, so nothing was compared with it"));

    public static Need Others { get; } = new(
        input => input.Surroundings.Similar is not null,
        new("未与其他机关的年报比对", "The filing was not compared with the reports of others"));

    public static Need Publication { get; } = new(
        input => input.Surroundings.Publication is not null,
        new("判断时公布日期尚未确定，公布后复核时核对", "The day of publication was not known yet; a check after publication judges this"));

    public static Need Compilation { get; } = new(
        input => input.Surroundings.Compilation is not null,
        new("不是汇总报告，或汇总范围未知", "This is no compiled report, or its members are not known"));
}
