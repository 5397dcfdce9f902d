using Disclosure.Agencies;

namespace DisclosureApi.Generating;

/// <summary>What happens on one day with one body's report.</summary>
internal enum Stage
{
    Archive,
    Draft,
    Review,
    Submit,
    Publish,
    Correct,
    Withdraw,
    Reinstate,
}

/// <summary>When a body does what with its report: most are in time, some late, a few never.</summary>
internal static class GeneratedYear
{
    /// <param name="body">The body's place among all.</param>
    public static IEnumerable<(DateTimeOffset At, int Body, Stage Stage)> Plan(Agency agency, Chance chance, int body, int year)
    {
        if (chance.In(25))
        {
            yield break;
        }
        var due = Duty.Deadline(agency.Kind, agency.Level, year);
        var published = chance.In(12) ? due.AddDays(chance.Between(1, 40)) : due.AddDays(-chance.Below(25));
        if (chance.Below(5) < 3)
        {
            yield return (At(published, body), body, Stage.Archive);
        }
        else
        {
            yield return (At(published.AddDays(-5), body), body, Stage.Draft);
            yield return (At(published.AddDays(-4), body), body, Stage.Review);
            yield return (At(published.AddDays(-3), body), body, Stage.Submit);
            yield return (At(published, body), body, Stage.Publish);
        }
        var later = published.AddDays(chance.Between(50, 90));
        if (chance.In(25))
        {
            yield return (At(later, body), body, Stage.Correct);
        }
        else if (chance.In(120))
        {
            yield return (At(later, body), body, Stage.Withdraw);
            if (chance.In(2))
            {
                yield return (At(later.AddDays(20), body), body, Stage.Reinstate);
            }
        }
    }

    /// <summary>A moment of the working day in Shanghai, another for each body.</summary>
    public static DateTimeOffset At(DateOnly day, int body) => new(day.ToDateTime(new TimeOnly(1, 0)).AddSeconds(body % 28_000), TimeSpan.Zero);
}
