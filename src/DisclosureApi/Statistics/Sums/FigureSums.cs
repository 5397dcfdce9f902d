using Disclosure.Statistics;
using DisclosureApi.Store.Replicas;
using Microsoft.Extensions.Caching.Memory;

namespace DisclosureApi.Statistics.Sums;

/// <summary>
/// Sums of any scope at any position. What was added up once is kept, by the divisions right below, level, kind and tree;
/// the same sums at another position differ from it by the reports that something happened to between the two, and only
/// these are read. So a publication moves every sum that it is in, and waits for none. Of the country and its provinces,
/// which have most reports, sums at every so many positions are stored as well.
/// </summary>
internal sealed class FigureSums(ReadDatabase database) : IDisposable
{
    private const long MostBytes = 48 * 1024 * 1024;

    /// <summary>What lies farther away is not worth going on from: a small scope is read sooner than what happened everywhere.</summary>
    private const long Near = 4_096;

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostBytes });

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
        var parts = await NearestAsync(kept, position, year, scope, cancellation) is { } near
            ? await MovedAsync(near, position, year, scope, cancellation)
            : Parts.None(position).With(position, await ReadAsync(position, year, scope, cancellation));
        // A question about the past must not make the next one about the present start from there.
        return kept?.Position > position ? parts : _kept.Set((scope.Region, scope.Line, year), parts, new MemoryCacheEntryOptions { Size = parts.Size });
    }

    /// <summary>Sums at a position that the one asked for is soon reached from; null where all is read sooner.</summary>
    private async Task<Parts?> NearestAsync(Parts? kept, long position, int year, Scope scope, CancellationToken cancellation)
    {
        if (Distance(kept) <= Near || !StoredSums.Has(scope))
        {
            return Distance(kept) <= Near ? kept : null;
        }
        var stored = await StoredSums.NearestAsync(await database.SourceAsync(cancellation, position), scope.Region, year, position, cancellation);
        var nearest = Distance(stored) < Distance(kept) ? stored : kept;
        return Distance(nearest) <= 2 * StoredSums.Step ? nearest : null;

        long Distance(Parts? parts) => parts is null ? long.MaxValue : Math.Abs(parts.Position - position);
    }

    private async Task<Parts> MovedAsync(Parts near, long position, int year, Scope scope, CancellationToken cancellation)
    {
        var between = (Math.Min(near.Position, position), Math.Max(near.Position, position));
        var changes = await ReadAsync(near.Position, year, scope, cancellation, between, -1);
        await AddAsync(changes, position, year, scope, between, 1, cancellation);
        return near.With(position, changes);
    }

    private async Task<Dictionary<PartKey, FigureSum>> ReadAsync(long position, int year, Scope scope, CancellationToken cancellation, (long, long)? touched = null, int times = 1)
    {
        var sums = new Dictionary<PartKey, FigureSum>();
        await AddAsync(sums, position, year, scope, touched, times, cancellation);
        return sums;
    }

    private async Task AddAsync(Dictionary<PartKey, FigureSum> sums, long position, int year, Scope scope, (long After, long Until)? touched, int times, CancellationToken cancellation)
    {
        await using var command = FigureReader.Command(await database.SourceAsync(cancellation, touched?.Until ?? position), position, year, year, scope, isEveryKind: true, touched);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var cells = new FigureVector();
        while (await reader.ReadAsync(cancellation))
        {
            var report = FigureReader.Read(reader);
            var key = PartKey.Of(scope.Region, report);
            if (!sums.TryGetValue(key, out var sum))
            {
                sums.Add(key, sum = new FigureSum());
            }
            sum.Add(cells.Refill(report.Cells), report.IsOwed, times);
        }
    }
}
