using System.Globalization;
using Disclosure.Canonical;
using Disclosure.Contents;
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

    /// <param name="timeline">The entry through time, which a new name goes on from.</param>
    public static AgencyDecision Rename(AgencyTimeline timeline, string name, DateOnly on, CommittedText? reason)
    {
        var current = timeline.Now;
        if (current.Name == name)
        {
            return new AgencyDecision([]);
        }
        if (on <= timeline.Periods[^1].From)
        {
            return Refuse("/on", $"须晚于现名启用之日{Day(timeline.Periods[^1].From)}", $"must be after {Day(timeline.Periods[^1].From)}, the first day of the name it has");
        }
        return on > current.ValidTo
            ? Refuse("/on", $"晚于机构撤销之日{Day(current.ValidTo.Value)}", $"is after {Day(current.ValidTo.Value)}, the last day of the body")
            : new AgencyDecision([new AgencyRenamed(Entry(current with { Name = name }), current.Name, on, reason)]);
    }

    /// <summary>What is wrong with a first and a last day beside the days on which the body took its names; null when nothing is.</summary>
    public static AgencyRefusal? Contradiction(AgencyTimeline timeline, DateOnly validFrom, DateOnly? validTo) => timeline.Periods switch
    {
        [_, var second, ..] when validFrom >= second.From =>
            new("/validFrom", new($"须早于更名之日{Day(second.From)}", $"must be before {Day(second.From)}, the first day of its second name")),
        [_, .., var last] when validTo < last.From =>
            new("/validTo", new($"早于现名启用之日{Day(last.From)}", $"lies before {Day(last.From)}, the first day of the name it has")),
        _ => null,
    };

    public static AgencyDecision Merge(AgencyTimeline timeline, IReadOnlyList<string> into, DateOnly validTo, CommittedText reason) =>
        into.Count == 0
            ? Refuse("/successors", "并入哪些机构必须填写", "names the bodies it is merged into, at least one")
            : End(timeline, into, validTo, entry => new AgencyMerged(entry, reason));

    public static AgencyDecision Dissolve(AgencyTimeline timeline, IReadOnlyList<string> successors, DateOnly validTo, CommittedText reason) =>
        End(timeline, successors, validTo, entry => new AgencyDissolved(entry, reason));

    /// <summary>Undoes a merger or dissolution; what happened stays in the history.</summary>
    public static AgencyDecision Restore(Agency current, CommittedText reason) =>
        current is { ValidTo: null, Successors.Count: 0 }
            ? new AgencyDecision([])
            : new AgencyDecision([new AgencyRestored(Entry(current with { ValidTo = null, Successors = [] }), reason)]);

    public static AgencyDecision DecideDuty(Agency current, int year, bool? owes, CommittedText reason) =>
        new([new DutyDecided(Entry(current), year, owes, reason)]);

    private static AgencyDecision End(AgencyTimeline timeline, IReadOnlyList<string> successors, DateOnly validTo, Func<AgencyRegistered, AgencyEvent> happened)
    {
        var current = timeline.Now;
        if (current.ValidTo is { } ended)
        {
            return ended == validTo && current.Successors.SequenceEqual(successors, StringComparer.Ordinal)
                ? new AgencyDecision([])
                : new AgencyDecision([]) { Refusal = new(null, new Message(
                    $"该机构已于{Day(ended)}撤销；登记有误的请先恢复", $"The body ended on {Day(ended)} already; if that is wrong, restore it first.")) };
        }
        if (successors.Contains(current.Code, StringComparer.Ordinal))
        {
            return Refuse("/successors", "承继机构不得是其本身", "must not name the body itself");
        }
        if (Contradiction(timeline, current.ValidFrom, validTo) is { } contradiction)
        {
            return new AgencyDecision([]) { Refusal = contradiction };
        }
        return validTo < current.ValidFrom
            ? Refuse("/validTo", $"早于成立之日{Day(current.ValidFrom)}", $"lies before {Day(current.ValidFrom)}, the first day of the body")
            : new AgencyDecision([happened(Entry(current with { ValidTo = validTo, Successors = successors }))]);
    }

    private static AgencyDecision Refuse(string pointer, string zh, string en) => new([]) { Refusal = new(pointer, new Message(zh, en)) };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static Agency Apply(AgencyEvent happened) => happened switch
    {
        AgencyRegistered entry => Open(entry),
        AgencyChanged changed => Open(changed.Agency),
        AgencyRenamed renamed => Open(renamed.Agency),
        AgencyMerged merged => Open(merged.Agency),
        AgencyDissolved dissolved => Open(dissolved.Agency),
        AgencyRestored restored => Open(restored.Agency),
        DutyDecided decided => Open(decided.Agency),
        _ => throw new InvalidOperationException($"unknown event {happened.GetType().Name}"),
    };

    private static AgencyRegistered Entry(Agency agency) => new(
        agency.Code, agency.Name, agency.Region, agency.Level, agency.Kind, agency.Supervisor, agency.Line, agency.ValidFrom, agency.ValidTo, agency.Successors);

    private static Agency Open(AgencyRegistered entry) => new(
        entry.Code, entry.Name, entry.Region, entry.Level, entry.Kind, entry.Supervisor, entry.Line, entry.ValidFrom, entry.ValidTo, entry.Successors);
}

/// <summary>What follows from a registrar's request; no events and no refusal when there was nothing left to do.</summary>
public sealed record AgencyDecision(IReadOnlyList<AgencyEvent> Events)
{
    public AgencyRefusal? Refusal { get; init; }
}

/// <summary>Why a request was not carried out.</summary>
/// <param name="Pointer">The member of the request that is wrong; null when the entry is in no state for it.</param>
public sealed record AgencyRefusal(string? Pointer, Message Message);
