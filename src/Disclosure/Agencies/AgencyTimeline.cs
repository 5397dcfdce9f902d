namespace Disclosure.Agencies;

/// <summary>An entry of the register as it holds from a day on.</summary>
public sealed record AgencyPeriod(DateOnly From, Agency Agency);

/// <summary>
/// A body through its years, told from its events: under which name it stood in the register on any day. Reports carry the
/// name of their time. A correction of the entry holds for the period it was made in.
/// </summary>
public sealed record AgencyTimeline(IReadOnlyList<AgencyPeriod> Periods)
{
    public Agency Now => Periods[^1].Agency;

    /// <param name="events">All events of one body, in order; at least its registration.</param>
    public static AgencyTimeline Of(IEnumerable<AgencyEvent> events)
    {
        var periods = new List<AgencyPeriod>();
        foreach (var happened in events)
        {
            var entry = AgencyDecider.Apply(happened);
            if (periods.Count == 0)
            {
                periods.Add(new AgencyPeriod(entry.ValidFrom, entry));
            }
            else if (happened is AgencyEvent.AgencyRenamed renamed)
            {
                periods.Add(new AgencyPeriod(renamed.On, entry));
            }
            else
            {
                periods[^1] = periods[^1] with { Agency = entry };
            }
        }
        // The first day of the body may have been corrected since, and there is but one.
        var first = periods[^1].Agency.ValidFrom;
        periods[0] = periods[0] with { From = first };
        return new AgencyTimeline([.. periods.Select(period => period with { Agency = period.Agency with { ValidFrom = first } })]);
    }

    /// <summary>The entry as it held on this day; null on days when the body was not there.</summary>
    public Agency? At(DateOnly day) =>
        day < Now.ValidFrom || day > Now.ValidTo ? null : Holding(day);

    /// <summary>The entry that a report of this year is judged and counted by: that of the period in which the year ended. A body that came later is taken as it was first.</summary>
    public Agency In(int year) => Holding(new DateOnly(year, 12, 31));

    private Agency Holding(DateOnly day) => Periods.Last(period => period.From <= day || period == Periods[0]).Agency;

    /// <summary>Last day of the period; null while it goes on.</summary>
    public DateOnly? EndOf(int period) => period + 1 < Periods.Count ? Periods[period + 1].From.AddDays(-1) : Now.ValidTo;
}
