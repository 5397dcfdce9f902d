using System.Text.Json.Serialization;
using Disclosure.Agencies;
using Disclosure.Canonical;

namespace Disclosure.Compiling;

/// <summary>One body of a compilation, as it was counted or left out. A STORAGE FORMAT, as part of events.</summary>
/// <param name="Name">As it stood in the register at the end of the report year.</param>
/// <param name="Revision">The revision that was public then, counted or not; null where there was none.</param>
/// <param name="LeftOut">Why it is not in the sums; null where it is.</param>
public sealed record CompiledMember(string Agency, string Name, string Region, AgencyLevel Level, AgencyKind Kind, int? Revision, LeftOut? LeftOut)
{
    /// <summary>Codes of the bodies that count in its place; null where there are none.</summary>
    public IReadOnlyList<string>? Successors { get; init; }

    /// <summary>Names of the bodies that count it already, where that is why it is left out.</summary>
    public IReadOnlyList<string>? CountedBy { get; init; }

    /// <summary>Why the compiling body counts or leaves it out against what the register says; null where it decided nothing.</summary>
    public CommittedText? Decision { get; init; }

    /// <summary>Whether it is a revision of this body that stands in the sums.</summary>
    [JsonIgnore]
    public bool IsCounted => LeftOut is null;

    /// <summary>The body as far as the compilation knows it.</summary>
    [JsonIgnore]
    public Agency Body => new(Agency, Name, Region, Level, Kind, null, null, DateOnly.MinValue, null, []);

    /// <summary>Whether the two say the same; lists do not compare by value.</summary>
    public bool Says(CompiledMember other) =>
        this with { Successors = null, CountedBy = null, Decision = null } == other with { Successors = null, CountedBy = null, Decision = null }
        && Decision?.Text == other.Decision?.Text
        && (Successors ?? []).SequenceEqual(other.Successors ?? [], StringComparer.Ordinal)
        && (CountedBy ?? []).SequenceEqual(other.CountedBy ?? [], StringComparer.Ordinal);
}

/// <summary>An amount added to a compiled cell, with the reason. A STORAGE FORMAT, as part of events.</summary>
/// <param name="Cell">JSON pointer into the content.</param>
public sealed record Adjustment(string Cell, decimal Amount, CommittedText Reason);

/// <summary>An adjustment with who recorded it.</summary>
/// <param name="Actor">Pseudonymous id.</param>
public sealed record RecordedAdjustment(Adjustment Adjustment, string Actor);
