using static Disclosure.Agencies.AgencyEvent;

namespace Disclosure.Agencies;

/// <summary>How the register's entries come to be and change.</summary>
public static class AgencyDecider
{
    /// <summary>What putting this entry into the register means; nothing when it stands there already.</summary>
    public static IReadOnlyList<AgencyEvent> Put(Agency? current, Agency wanted)
    {
        if (current is null)
        {
            return [Entry(wanted)];
        }
        var (before, after) = (current.Fields(), wanted.Fields());
        FieldChange[] changes =
        [
            .. from path in before.Keys.Union(after.Keys, StringComparer.Ordinal)
               let change = new FieldChange(path, before.GetValueOrDefault(path), after.GetValueOrDefault(path))
               where change.From != change.To
               select change,
        ];
        return changes.Length == 0 ? [] : [new AgencyChanged(Entry(wanted), changes)];
    }

    public static Agency Apply(AgencyEvent happened) => happened switch
    {
        AgencyRegistered entry => Open(entry),
        AgencyChanged changed => Open(changed.Agency),
        _ => throw new InvalidOperationException($"unknown event {happened.GetType().Name}"),
    };

    private static AgencyRegistered Entry(Agency agency) => new(
        agency.Code, agency.Name, agency.Region, agency.Level, agency.Kind, agency.Supervisor, agency.Line, agency.ValidFrom, agency.ValidTo, agency.Successors);

    private static Agency Open(AgencyRegistered entry) => new(
        entry.Code, entry.Name, entry.Region, entry.Level, entry.Kind, entry.Supervisor, entry.Line, entry.ValidFrom, entry.ValidTo, entry.Successors);
}
