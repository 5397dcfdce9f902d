using Disclosure.Agencies;
using Disclosure.Contents;
using Disclosure.Prose;

namespace Disclosure.Rules;

/// <summary>
/// What is known around a filing. The shell gathers it; anything may be missing, and null always means "not known", so
/// that a rule which needs it is not assessed instead of guessing.
/// </summary>
public sealed record Surroundings
{
    public static Surroundings Unknown { get; } = new();

    /// <summary>The agency that owes the report, as it was registered in the report year.</summary>
    public Agency? Agency { get; init; }

    /// <summary>The registered body that bears exactly the name in the title, whoever owes the report.</summary>
    public Agency? Named { get; init; }

    /// <summary>The day the filing was handed in or judged, in Shanghai.</summary>
    public DateOnly? FiledOn { get; init; }

    /// <summary>The agency's own published report of the year before.</summary>
    public KnownReport? Previous { get; init; }

    /// <summary>Published reports, of the year before, of bodies whose successor the agency is.</summary>
    public IReadOnlyList<KnownReport>? Predecessors { get; init; }

    /// <summary>The revision of last year's report that the standing result was made with; null where there is none.</summary>
    public int? CheckedAgainst { get; init; }

    /// <summary>Published reports of others that may be like this one; empty when none is.</summary>
    public IReadOnlyList<SimilarReport>? Similar { get; init; }

    /// <summary>The agency's published figures on enforcement (行政执法年度数据), by JSON pointer of the cell they must equal.</summary>
    public IReadOnlyDictionary<string, decimal>? Enforcement { get; init; }

    public Publication? Publication { get; init; }

    /// <summary>Set while a report that is public is being corrected.</summary>
    public Correction? Correction { get; init; }

    public Compilation? Compilation { get; init; }
}

/// <summary>A published report as rules see it.</summary>
/// <param name="Agency">Code of the body that published it.</param>
public sealed record KnownReport(string Agency, string AgencyName, int Year, int Revision, ReportContent Content);

/// <summary>A published report whose words may be like those at hand.</summary>
/// <param name="Words">Its body's own words, as they are compared.</param>
public sealed record SimilarReport(string Agency, string AgencyName, int Year, int Revision, Likeness Words);

/// <summary>How the report became public, as far as it is known.</summary>
/// <param name="On">The day of legal publication, in Shanghai.</param>
public sealed record Publication(DateOnly On)
{
    /// <summary>The day it was handed to the reviewing office.</summary>
    public DateOnly? SubmittedOn { get; init; }

    /// <summary>An earlier date that the reviewing office set.</summary>
    public DateOnly? LocalDue { get; init; }

    /// <summary>Whether a secrecy review of this very content is recorded.</summary>
    public bool? SecrecyReviewed { get; init; }

    /// <summary>Whether a reviewer or approver is also an author.</summary>
    public bool? ReviewedByAuthor { get; init; }

    /// <summary>Content hashes of copies in other channels, by address; null where nobody looked.</summary>
    public IReadOnlyDictionary<string, string>? Copies { get; init; }

    /// <summary>The content hash of what is published here, to hold copies against.</summary>
    public string? ContentHash { get; init; }
}

/// <summary>A correction under way: what stays public meanwhile, and why it is corrected.</summary>
public sealed record Correction(ReportContent Public, string? Reason);

/// <summary>What a compiled report adds up.</summary>
/// <param name="Members">The bodies that were to be added up, with their published reports.</param>
public sealed record Compilation(IReadOnlyList<Member> Members)
{
    /// <summary>The compiling body's own report, where it has one beside the compiled one.</summary>
    public ReportContent? Own { get; init; }

    /// <summary>Recorded adjustments by JSON pointer of the cell.</summary>
    public IReadOnlyDictionary<string, decimal> Adjustments { get; init; } = new Dictionary<string, decimal>(StringComparer.Ordinal);

    /// <summary>Codes of last year's members; null where last year's list is not known.</summary>
    public IReadOnlyList<string>? MembersLastYear { get; init; }
}

/// <summary>A body that a compiled report adds up.</summary>
/// <param name="Report">Its published report; null while it has none.</param>
public sealed record Member(Agency Agency, KnownReport? Report)
{
    /// <summary>The revision that was added up, where that is known.</summary>
    public int? CompiledRevision { get; init; }

    /// <summary>Names of other bodies that add it up as well in the same year and scope.</summary>
    public IReadOnlyList<string> OtherParents { get; init; } = [];
}
