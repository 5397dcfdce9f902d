using Disclosure.Canonical;

namespace Disclosure.Agencies;

/// <summary>
/// What can happen to a body in the register. NAMES AND FIELDS ARE A STORAGE FORMAT, as those of a report's events are.
/// Names of public bodies are no personal data, so they stand here without salts; reasons may name persons and are committed to.
/// Each event holds the entry as it is from now on, so that the last one tells it all.
/// </summary>
public abstract record AgencyEvent
{
    private AgencyEvent()
    {
    }

    public sealed record AgencyRegistered(
        string Code, string Name, string Region, AgencyLevel Level, AgencyKind Kind, string? Supervisor, string? Line,
        DateOnly ValidFrom, DateOnly? ValidTo, IReadOnlyList<string> Successors) : AgencyEvent;

    /// <summary>The entry was put right or brought up to date; what it says holds for as long as the body has had its present name.</summary>
    /// <param name="Changes">What of it changed.</param>
    public sealed record AgencyChanged(AgencyRegistered Agency, IReadOnlyList<FieldChange> Changes) : AgencyEvent;

    /// <summary>The body goes by another name from a day on; before, it went by the one it had.</summary>
    /// <param name="From">The name until then.</param>
    /// <param name="On">First day of the new name.</param>
    public sealed record AgencyRenamed(AgencyRegistered Agency, string From, DateOnly On, CommittedText? Reason) : AgencyEvent;

    /// <summary>Other bodies, its successors, took over all that it was; the entry's validTo is its last day.</summary>
    public sealed record AgencyMerged(AgencyRegistered Agency, CommittedText Reason) : AgencyEvent;

    /// <summary>The body ended; successors may have taken over some of its duties.</summary>
    public sealed record AgencyDissolved(AgencyRegistered Agency, CommittedText Reason) : AgencyEvent;

    /// <summary>A merger or dissolution was recorded wrongly: the body goes on as if it had not been.</summary>
    public sealed record AgencyRestored(AgencyRegistered Agency, CommittedText Reason) : AgencyEvent;

    /// <summary>Whether the body owes the report of a year was decided, against what its years in the register say.</summary>
    /// <param name="Owes">Null when the register decides again.</param>
    public sealed record DutyDecided(AgencyRegistered Agency, int Year, bool? Owes, CommittedText Reason) : AgencyEvent;
}

/// <summary>One changed field. From is null where it was not given before, To where it no longer is.</summary>
public sealed record FieldChange(string Path, string? From, string? To);
