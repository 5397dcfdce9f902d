using Disclosure.Agencies;
using Disclosure.Canonical;
using Disclosure.Contents;

namespace Disclosure.Compiling;

/// <summary>A body that may be counted, as it stood in the register at the end of the report year, with what it has made public.</summary>
/// <param name="Report">Its public report; null while it has none.</param>
public sealed record Candidate(Agency Body, PublicReport? Report)
{
    public bool IsWithdrawn { get; init; }

    /// <summary>What was decided of its duty to report; null where the register decides.</summary>
    public bool? Owes { get; init; }

    /// <summary>What its public report itself was compiled from; null where it is no compilation.</summary>
    public CompilationScope? Scope { get; init; }

    /// <summary>Names of other bodies whose public compilation counts it in the same tree and year.</summary>
    public IReadOnlyList<string> CountedBy { get; init; } = [];
}

public sealed record PublicReport(int Revision, ReportContent Content);

/// <summary>The compiling body's word on one body, against what the register alone would say.</summary>
public sealed record MemberDecision(string Agency, bool IsCounted, CommittedText Reason);
