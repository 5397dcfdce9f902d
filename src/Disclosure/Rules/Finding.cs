using Disclosure.Contents;

namespace Disclosure.Rules;

/// <summary>What a finding means for the report's way to publication.</summary>
public enum Severity
{
    /// <summary>Blocks submission.</summary>
    Error,

    /// <summary>Blocks submission without the submitter's reason, and approval without the supervisor's waiver.</summary>
    WaivableError,

    /// <summary>Must be acknowledged by the submitter.</summary>
    Warning,

    /// <summary>Is told, and asks for nothing.</summary>
    Info,
}

/// <summary>A passage of a section's prose, in UTF-16 code units from its beginning; To is exclusive.</summary>
public sealed record TextSpan(string Section, int From, int To);

/// <summary>A change of one cell that would satisfy every identity the cell takes part in.</summary>
public sealed record Hint(string Pointer, decimal Value);

/// <summary>One failure of one rule: what is wrong, where, why, and how to mend it.</summary>
/// <param name="Basis">The law, form or notice that the rule stands on.</param>
/// <param name="Pointers">JSON pointers into the content; the figure to look at first stands first.</param>
public sealed record Finding(string Code, Severity Severity, Message Messages, string Basis, IReadOnlyList<string> Pointers)
{
    public TextSpan? Span { get; init; }
    public decimal? Stated { get; init; }
    public decimal? Computed { get; init; }
    public decimal? Difference => Stated - Computed;
    public IReadOnlyList<Hint> Hints { get; init; } = [];
}

/// <summary>A rule that could not be judged, and what was missing.</summary>
public sealed record NotAssessed(string Code, Message Why);

/// <summary>All that the rules of one version say of one filing.</summary>
public sealed record Assessment(string RuleSet, IReadOnlyList<Finding> Findings, IReadOnlyList<NotAssessed> NotAssessed);
