using System.Text.Json.Serialization;
using Disclosure.Formats;

namespace Disclosure.Compiling;

/// <summary>Members and sums as they stood at a position: what a compilation is to be made of.</summary>
/// <param name="Form">Key of the form.</param>
/// <param name="UpTo">The last position that it knows of.</param>
/// <param name="Members">In the order of codes.</param>
/// <param name="Sums">Of the counted members, by JSON pointer of the cell.</param>
public sealed record CompilationPlan(
    CompilationScope Scope, string Form, long UpTo, IReadOnlyList<CompiledMember> Members, IReadOnlyDictionary<string, decimal> Sums)
{
    [JsonIgnore]
    public ReportFormat Format => KnownFormats.ByKey(Form) ?? throw new InvalidOperationException($"there is no form {Form}");

    [JsonIgnore]
    public IEnumerable<CompiledMember> Counted => Members.Where(member => member.IsCounted);

    /// <summary>Bodies that belong in the sums and are not there.</summary>
    [JsonIgnore]
    public IEnumerable<CompiledMember> Missing => Members.Where(member => member.LeftOut is { } reason && LeftOutReasons.IsMissing(reason));

    /// <summary>Whether the two count the same, whenever they were made.</summary>
    public bool Says(CompilationPlan other) =>
        Scope == other.Scope && Form == other.Form && Members.Count == other.Members.Count
        && Members.Zip(other.Members).All(pair => pair.First.Says(pair.Second))
        && Sums.Count == other.Sums.Count && Sums.All(sum => other.Sums.TryGetValue(sum.Key, out var value) && value == sum.Value);

    /// <param name="candidates">Bodies that were there in the year.</param>
    public static CompilationPlan Of(
        Agencies.Agency compiler, CompilationScope scope, int year, long upTo, IEnumerable<Candidate> candidates, IReadOnlyList<MemberDecision> decisions)
    {
        var form = CompiledSums.FormOf(year);
        var members = MemberList.Of(compiler, scope, year, candidates, decisions);
        var sums = CompiledSums.Of(form, [.. members.Where(entry => entry.Member.IsCounted).Select(entry => entry.From.Report!.Content)]);
        return new CompilationPlan(scope, form.Key, upTo, [.. members.Select(entry => entry.Member)], sums);
    }
}

/// <summary>What a report was compiled from, and what was adjusted since.</summary>
public sealed record CompiledFrom(CompilationPlan Plan, IReadOnlyList<RecordedAdjustment> Adjustments)
{
    public Dictionary<string, decimal> Adjusted => CompiledSums.Adjusted(Adjustments.Select(recorded => recorded.Adjustment));
}
