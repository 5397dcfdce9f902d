using DisclosureApi.Store.Replicas;
using Microsoft.Extensions.Caching.Memory;

namespace DisclosureApi.Statistics;

/// <summary>
/// Counts of bodies by group as they stood at a position. What was counted once is kept; at another position it differs from
/// that by the bodies that something was recorded of between the two, and these are counted by themselves before and after.
/// </summary>
/// <param name="recorded">Selects the bodies that something was recorded of behind $1 and up to $2, no more than $3.</param>
internal sealed class KeptCounts<TKey, TGroup>(ReadDatabase database, string recorded) : IDisposable
    where TKey : notnull
    where TGroup : notnull
{
    /// <summary>Looking up one body before and after costs as much as counting so many: where more have changed, all are counted anew.</summary>
    private const int CountedMeanwhile = 32;

    private const int MostGroups = 300_000;

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostGroups });

    /// <param name="count">Counts bodies at a position: those that are named, or all.</param>
    public async Task<IReadOnlyDictionary<TGroup, long>> AtAsync(
        TKey key, long position, Func<long, string[]?, Task<Dictionary<TGroup, long>>> count, CancellationToken cancellation)
    {
        var kept = _kept.Get<Counts>(key);
        if (kept?.Position == position)
        {
            return kept.Bodies;
        }
        var counts = new Counts(position, (kept is null ? null : await MovedAsync(kept, position, count, cancellation)) ?? await count(position, null));
        // A question about the past must not make the next one about the present start from there.
        return (kept?.Position > position ? counts : _kept.Set(key, counts, new MemoryCacheEntryOptions { Size = 1 + counts.Bodies.Count })).Bodies;
    }

    public void Dispose() => _kept.Dispose();

    /// <summary>The counts at another position; null where too much was recorded between the two.</summary>
    private async Task<Dictionary<TGroup, long>?> MovedAsync(Counts kept, long position, Func<long, string[]?, Task<Dictionary<TGroup, long>>> count, CancellationToken cancellation)
    {
        var most = kept.Bodies.Values.Sum() / CountedMeanwhile;
        var changed = await ChangedAsync(Math.Min(position, kept.Position), Math.Max(position, kept.Position), most + 1, cancellation);
        if (changed.Length > most)
        {
            return null;
        }
        var bodies = new Dictionary<TGroup, long>(kept.Bodies);
        if (changed.Length > 0)
        {
            Add(await count(kept.Position, changed), -1);
            Add(await count(position, changed), 1);
        }
        return bodies;

        void Add(Dictionary<TGroup, long> counted, int times)
        {
            foreach (var (group, number) in counted)
            {
                bodies[group] = bodies.GetValueOrDefault(group) + (times * number);
                if (bodies[group] == 0)
                {
                    bodies.Remove(group);
                }
            }
        }
    }

    private async Task<string[]> ChangedAsync(long after, long until, long most, CancellationToken cancellation)
    {
        await using var command = (await database.SourceAsync(cancellation, until)).CreateCommand($"{recorded} limit $3");
        foreach (var value in (long[])[after, until, most])
        {
            command.Parameters.Add(new() { Value = value });
        }
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var changed = new List<string>();
        while (await reader.ReadAsync(cancellation))
        {
            changed.Add(reader.GetString(0));
        }
        return [.. changed];
    }

    private sealed record Counts(long Position, IReadOnlyDictionary<TGroup, long> Bodies);
}
