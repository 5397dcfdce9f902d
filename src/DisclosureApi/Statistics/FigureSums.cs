using Disclosure.Agencies;
using Disclosure.Statistics;
using DisclosureApi.Store.Replicas;
using Microsoft.Extensions.Caching.Memory;

namespace DisclosureApi.Statistics;

/// <summary>
/// Sums of any scope at any position. What was added up once is kept, by the divisions right below, level, kind and tree;
/// the same sums at another position differ from it by the reports of the bodies that something happened to between the
/// two, and only these are read. A publication therefore moves every sum that it is in, and waits for none.
/// </summary>
internal sealed class FigureSums(ReadDatabase database) : IDisposable
{
    // A year of the country has some hundred parts of half a kilobyte.
    private const int MostKept = 1_000;

    /// <summary>Where more bodies than these have changed, everything is read anew.</summary>
    private const int MostChanged = 5_000;

    private static readonly string _changed =
        """
        select distinct agency from (
            select agency from figures where from_position > $1 and from_position <= $2 union all select agency from figures where to_position > $1 and to_position <= $2
            union all select agency from bodies where from_position > $1 and from_position <= $2
            union all select agency from duty_rulings where from_position > $1 and from_position <= $2) as touched
        limit $3
        """;

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    public async Task<Dictionary<GroupKey, FigureSum>> SumAsync(long position, int from, int to, Scope scope, Grouping grouping, CancellationToken cancellation)
    {
        var sums = new Dictionary<GroupKey, FigureSum>();
        var whole = new Scope(scope.Region, null, null, null, scope.Line);
        for (var year = from; year <= to; year++)
        {
            foreach (var (part, packed) in (await AtAsync(position, year, whole, cancellation)).Sums.Where(entry => scope.Holds(entry.Key.Level, entry.Key.Kind, entry.Key.IsVertical)))
            {
                var key = grouping.KeyOf(scope, year, part.Region, part.Level, part.Kind, part.IsVertical);
                if (!sums.TryGetValue(key, out var sum))
                {
                    sums.Add(key, sum = new FigureSum());
                }
                sum.Add(packed);
            }
        }
        return sums;
    }

    public void Dispose() => _kept.Dispose();

    private async Task<Parts> AtAsync(long position, int year, Scope scope, CancellationToken cancellation)
    {
        var kept = _kept.Get<Parts>((scope.Region, scope.Line, year));
        if (kept?.Position == position)
        {
            return kept;
        }
        var parts = (kept is null ? null : await MovedAsync(kept, position, year, scope, cancellation)) ?? await ReadAsync(position, year, scope, cancellation);
        // A question about the past must not make the next one about the present start from there.
        return kept?.Position > position ? parts : _kept.Set((scope.Region, scope.Line, year), parts, new MemoryCacheEntryOptions { Size = 1 });
    }

    /// <summary>The parts at another position; null where too much has happened between the two.</summary>
    private async Task<Parts?> MovedAsync(Parts kept, long position, int year, Scope scope, CancellationToken cancellation)
    {
        var latest = Math.Max(kept.Position, position);
        var changed = await ChangedAsync(Math.Min(kept.Position, position), latest, cancellation);
        if (changed.Length > MostChanged)
        {
            return null;
        }
        if (changed.Length == 0)
        {
            return kept with { Position = position };
        }
        var moved = new Dictionary<PartKey, FigureSum>();
        foreach (var (at, times) in new[] { (kept.Position, -1), (position, 1) })
        {
            await AddAsync(moved, at, times, year, scope, changed, latest, cancellation);
        }
        var sums = new Dictionary<PartKey, byte[]>(kept.Sums);
        foreach (var (key, change) in moved)
        {
            if (sums.TryGetValue(key, out var before))
            {
                change.Add(before);
            }
            sums[key] = change.Pack();
        }
        return new Parts(position, sums);
    }

    private async Task<Parts> ReadAsync(long position, int year, Scope scope, CancellationToken cancellation)
    {
        var sums = new Dictionary<PartKey, FigureSum>();
        await AddAsync(sums, position, 1, year, scope, null, position, cancellation);
        return new Parts(position, sums.ToDictionary(entry => entry.Key, entry => entry.Value.Pack()));
    }

    private async Task AddAsync(Dictionary<PartKey, FigureSum> sums, long position, int times, int year, Scope scope, string[]? agencies, long latest, CancellationToken cancellation)
    {
        await using var command = FigureReader.Command(await database.SourceAsync(cancellation, latest), position, year, year, scope, isEveryKind: true, agencies);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var report = FigureReader.Read(reader);
            var key = new PartKey(RegionTree.Below(scope.Region, report.Region), report.Level, report.Kind, report.IsVertical);
            if (!sums.TryGetValue(key, out var sum))
            {
                sums.Add(key, sum = new FigureSum());
            }
            sum.Add(FigureVector.Unpack(report.Cells), report.IsOwed, times);
        }
    }

    private async Task<string[]> ChangedAsync(long after, long until, CancellationToken cancellation)
    {
        await using var command = (await database.SourceAsync(cancellation, until)).CreateCommand(_changed);
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = until });
        command.Parameters.Add(new() { Value = MostChanged + 1 });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var agencies = new List<string>();
        while (await reader.ReadAsync(cancellation))
        {
            agencies.Add(reader.GetString(0));
        }
        return [.. agencies];
    }

    private sealed record PartKey(string Region, string Level, string Kind, bool IsVertical);

    /// <summary>The sums of a scope's year as they stood at a position.</summary>
    private sealed record Parts(long Position, Dictionary<PartKey, byte[]> Sums);
}
