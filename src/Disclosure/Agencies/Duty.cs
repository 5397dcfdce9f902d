namespace Disclosure.Agencies;

/// <summary>Who owes the report of a year, and by when (条例 art. 49; 国办公开办函〔2021〕30号 part two).</summary>
public static class Duty
{
    private static readonly Dictionary<AgencyLevel, (int Month, int Day)> _governments = new()
    {
        [AgencyLevel.National] = (3, 31),
        [AgencyLevel.Province] = (3, 31),
        [AgencyLevel.Prefecture] = (3, 10),
        [AgencyLevel.County] = (2, 20),
        [AgencyLevel.Township] = (1, 31),
    };

    /// <summary>Whether the body was there on any day of the year, so that it has something to tell of it.</summary>
    public static bool WasThere(Agency agency, int year) => agency.ValidFrom.Year <= year && (agency.ValidTo is not { } last || last.Year >= year);

    /// <summary>
    /// The last day to submit and publish, in Asia/Shanghai: 31 January for a body's own report; for the compiled report of a
    /// government the day of its level.
    /// </summary>
    public static DateOnly Deadline(AgencyKind kind, AgencyLevel level, int year)
    {
        var (month, day) = kind == AgencyKind.Government ? _governments[level] : (1, 31);
        return new DateOnly(year + 1, month, day);
    }

    /// <summary>The last day by the regulation itself (条例 art. 49): 31 March for governments, 31 January for all others.</summary>
    public static DateOnly StatutoryDeadline(AgencyKind kind, int year) => new(year + 1, kind == AgencyKind.Government ? 3 : 1, 31);
}
