using System.Collections.Concurrent;
using Disclosure.Agencies;
using DisclosureApi.Store.Figures;
using DisclosureApi.Store.Searching;

namespace DisclosureApi.Store.Rebuilding;

/// <summary>Tables that follow streams of one kind, and how the rows of one stream are made from all its events.</summary>
/// <param name="Streams">The kind: what the streams' names begin with, before the first slash.</param>
/// <param name="Rows">The rows as they are after the last event, each key once; asked for several streams at the same time.</param>
public sealed record ReadModel(
    string Streams, IReadOnlyList<ModelTable> Tables, Func<string, IReadOnlyList<RecordedEvent>, RegisterHistory, IEnumerable<ModelRow>> Rows)
{
    /// <summary>The register itself. It comes first in a rebuild, because what follows is rendered with what it said.</summary>
    public static ReadModel Register { get; } = new("agency", [AgencyRegister.Table, AgencyRegister.Successions, AgencyRegister.Duties, WordIndex.Renamings, BodyHistory.Bodies, BodyHistory.Rulings], (_, events, history) =>
    {
        history.Learn(events);
        return AgencyRegister.Rows(events).Concat(BodyHistory.Rows(events));
    });
}

/// <summary>What the register said of each agency at each position.</summary>
public sealed class RegisterHistory
{
    // Agencies are learnt on several threads at once.
    private readonly ConcurrentDictionary<string, List<(long Position, Agency Agency)>> _entries = new(StringComparer.Ordinal);

    /// <summary>The agency as registered when this position was given.</summary>
    public Agency At(string code, long position) =>
        _entries.TryGetValue(code, out var entries) && entries.FindLast(entry => entry.Position <= position) is { Agency: { } agency }
            ? agency
            : throw new InvalidOperationException($"The register had no agency {code} at position {position}, yet a report of it was published there.");

    /// <param name="events">All events of one agency.</param>
    public void Learn(IReadOnlyList<RecordedEvent> events)
    {
        var entries = events.Select(recorded => (recorded.Position, Agency: AgencyDecider.Apply((AgencyEvent)recorded.Happened))).ToList();
        _entries[entries[^1].Agency.Code] = entries;
    }
}
