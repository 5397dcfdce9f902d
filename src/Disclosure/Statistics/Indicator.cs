using Disclosure.Contents;

namespace Disclosure.Statistics;

/// <summary>Rows that are added up. Where forms divide a figure differently, the first alternative that a report gives whole counts.</summary>
/// <param name="Table">applications or disputes.</param>
public sealed record Term(string Table, IReadOnlyList<IReadOnlyList<string>> Alternatives, string Column = "total", bool IsSubtracted = false)
{
    /// <summary>How the term reads in a formula; c is the class of applicants.</summary>
    public string Text(bool isByClass) => string.Join(" | ", Alternatives.Select(rows =>
        string.Join(" + ", rows.Select(row => $"{Table}.{row}.{(isByClass ? "c" : Column)}"))));
}

/// <summary>A share that is made of cells: a sum of cells over another. Areas are sums over sums, never means of shares.</summary>
/// <param name="Code">Name in the API; never changes its meaning.</param>
/// <param name="DenominatorRule">What it is a share of, and why.</param>
/// <param name="Source">Where it is used or stands written.</param>
public sealed record Indicator(
    string Code, Message Name, IReadOnlyList<Term> Numerator, IReadOnlyList<Term> Denominator, Message DenominatorRule, Message Source)
{
    /// <summary>Whether it can be told for each class of applicants: all its cells are of table 3, in one column.</summary>
    public bool IsByClass { get; init; }

    public string Formula => $"({Text(Numerator)}) / ({Text(Denominator)})";

    private string Text(IReadOnlyList<Term> terms) => string.Concat(terms.Select((term, i) =>
        (term.IsSubtracted ? " - " : i == 0 ? "" : " + ") + (term.Alternatives.Sum(rows => rows.Count) > 1 && term.IsSubtracted ? $"({term.Text(IsByClass)})" : term.Text(IsByClass))));
}
