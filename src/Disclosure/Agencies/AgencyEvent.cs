namespace Disclosure.Agencies;

/// <summary>
/// What can happen to a body in the register. NAMES AND FIELDS ARE A STORAGE FORMAT, as those of a report's events are.
/// Names of public bodies are no personal data, so they stand here without salts.
/// </summary>
public abstract record AgencyEvent
{
    private AgencyEvent()
    {
    }

    public sealed record AgencyRegistered(
        string Code, string Name, string Region, AgencyLevel Level, AgencyKind Kind, string? Supervisor, string? Line,
        DateOnly ValidFrom, DateOnly? ValidTo, IReadOnlyList<string> Successors) : AgencyEvent;

    /// <param name="Agency">The entry as it is from now on.</param>
    /// <param name="Changes">What of it changed.</param>
    public sealed record AgencyChanged(AgencyRegistered Agency, IReadOnlyList<FieldChange> Changes) : AgencyEvent;
}

/// <summary>One changed field. From is null where it was not given before, To where it no longer is.</summary>
public sealed record FieldChange(string Path, string? From, string? To);
