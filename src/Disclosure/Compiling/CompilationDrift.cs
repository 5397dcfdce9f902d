namespace Disclosure.Compiling;

/// <summary>How one body stands now, where that is not how it was compiled.</summary>
/// <param name="Compiled">Null where the body was not among the members.</param>
/// <param name="Now">Null where the body no longer is.</param>
public sealed record MemberDrift(CompiledMember? Compiled, CompiledMember? Now)
{
    /// <summary>What became of it, in one word of the API.</summary>
    public string Change => (Compiled, Now) switch
    {
        (null, _) => "added",
        (_, null) => "gone",
        ({ IsCounted: true }, { IsCounted: true }) => "corrected",
        ({ IsCounted: false }, { IsCounted: true }) => "nowCounted",
        ({ IsCounted: true }, { IsCounted: false }) => "noLongerCounted",
        _ => "otherReason",
    };
}

/// <summary>A cell whose sum is another now. Null stands for a sum that nobody gives.</summary>
public sealed record CellDrift(string Cell, decimal? Compiled, decimal? Now)
{
    public decimal Difference => (Now ?? 0) - (Compiled ?? 0);
}

/// <summary>What was compiled against what stands now: members corrected, published, withdrawn or gone since, and the cells they move.</summary>
public sealed record CompilationDrift(IReadOnlyList<MemberDrift> Members, IReadOnlyList<CellDrift> Cells)
{
    public bool IsStale => Members.Count > 0 || Cells.Count > 0;

    public static CompilationDrift Of(CompilationPlan compiled, CompilationPlan now)
    {
        var (before, after) = (ByCode(compiled), ByCode(now));
        return new CompilationDrift(
        [
            .. from code in before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
               let drift = new MemberDrift(before.GetValueOrDefault(code), after.GetValueOrDefault(code))
               where drift.Compiled?.Revision != drift.Now?.Revision || drift.Compiled?.LeftOut != drift.Now?.LeftOut || drift.Compiled is null || drift.Now is null
               select drift,
        ],
        [
            .. from cell in compiled.Sums.Keys.Union(now.Sums.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
               let drift = new CellDrift(cell, Sum(compiled, cell), Sum(now, cell))
               where drift.Compiled != drift.Now
               select drift,
        ]);
    }

    private static Dictionary<string, CompiledMember> ByCode(CompilationPlan plan) => plan.Members.ToDictionary(member => member.Agency, StringComparer.Ordinal);

    private static decimal? Sum(CompilationPlan plan, string cell) => plan.Sums.TryGetValue(cell, out var sum) ? sum : null;
}
