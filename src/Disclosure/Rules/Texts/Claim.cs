using Disclosure.Prose;

namespace Disclosure.Rules.Texts;

/// <summary>What a figure in the prose counts.</summary>
internal enum Counted
{
    Received,
    Handled,
    CarriedIn,
    CarriedOver,
    Reviews,
    Suits,

    /// <summary>Reviews and suits together.</summary>
    Disputes,
}

/// <summary>A figure that the prose states of the whole year and the whole body.</summary>
/// <param name="From">Where the claim begins in the folded passage; the figure stands at its end.</param>
/// <param name="IsNone">Whether the prose says in words that there was none.</param>
internal sealed record Claim(Counted What, decimal Value, Passage Passage, int From, int To, bool IsNone)
{
    /// <summary>Whether words of scope (全区, 办公室) leave open whom it counts.</summary>
    public bool IsScoped { get; init; }

    public string Words => Passage.Quote(From, To);

    public Flaw Flaw(string zh, string en) => Passage.Flaw(From, To, zh, en) with { Stated = Value };

    /// <summary>The figure as a warning, or as an information where its scope is open.</summary>
    public Severity? Severity => IsScoped ? Rules.Severity.Info : null;
}
