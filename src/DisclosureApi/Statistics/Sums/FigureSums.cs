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
    private const long MostBytes = 32 * 1024 * 1024;

    /// <summary>What lies farther away is not worth going on from: a small scope is read sooner than what happened everywhere.</summary>
    private const long Near = 4_096;

    /// <summary>The same of sums of the country and its provinces, where nearly all is in the scope.</summary>
    private const long NearAmongMost = 65_536;

    private const int FewGroups = 8;

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    public async Task<Dictionary<GroupKey, FigureSum>> SumAsync(long position, int from, int to, Scope scope, Grouping grouping, CancellationToken cancellation)
    {
        var sums = new Dictionary<GroupKey, FigureSum>();
        foreach (var (year, parts) in await AtAsync(position, from, to, new Scope(scope.Region, null, null, null, scope.Line), cancellation))
        {
            foreach (var (group, sum) in Gathered(parts, year, scope, grouping))
            {
                sums.Add(group, sum);
            }
        }
        return sums;
    }

    /// <summary>The parts of a year in the groups that are asked for. A few groups are kept, because many ask alike; tables of many take much and are asked for in many ways.</summary>
    private IReadOnlyDictionary<GroupKey, FigureSum> Gathered(Parts parts, int year, Scope scope, Grouping grouping)
    {
        var key = (scope, year, grouping);
        if (_kept.Get<Groups>(key) is { } kept && kept.Position == parts.Position)
        {
            return kept.Sums;
        }
        var sums = new Dictionary<GroupKey, FigureSum>();
        foreach (var (part, packed) in parts.Sums.Where(entry => scope.Holds(entry.Key.Level, entry.Key.Kind, entry.Key.IsVertical)))
        {
            var group = grouping.KeyOf(scope, year, part.Region, part.Level, part.Kind, part.IsVertical);
            if (!sums.TryGetValue(group, out var sum))
            {
                sums.Add(group, sum = new FigureSum());
            }
            sum.Add(packed);
        }
        if (sums.Count <= FewGroups)
        {
            _kept.Set(key, new Groups(parts.Position, sums), new MemoryCacheEntryOptions { Size = 200 + sums.Count * FigureSum.Bytes });
        }
        return sums;
    }

    public void Dispose() => _kept.Dispose();

    /// <summary>The sums of each year; the reports of all years that nothing is kept of are read at once.</summary>
    private async Task<Dictionary<int, Parts>> AtAsync(long position, int from, int to, Scope scope, CancellationToken cancellation)
    {
        var (sums, unknown) = (new Dictionary<int, Parts>(), new List<int>());
        for (var year = from; year <= to; year++)
        {
            var kept = _kept.Get<Parts>((scope.Region, scope.Line, year));
            if (kept?.Position == position)
            {
                sums.Add(year, kept);
            }
            else if (await NearestAsync(kept, position, year, scope, cancellation) is { } near)
            {
                sums.Add(year, Keep(await MovedAsync(near, position, year, scope, cancellation), year, scope));
            }
            else
            {
                unknown.Add(year);
            }
        }
        if (unknown.Count > 0)
        {
            var read = new Dictionary<(int Year, PartKey Part), FigureSum>();
            await AddAsync(read, position, (unknown[0], unknown[^1]), scope, null, 1, cancellation);
            foreach (var year in unknown)
            {
                sums.Add(year, Keep(Parts.None(position).With(position, Of(read, year)), year, scope));
            }
        }
        return sums;
    }

    /// <summary>A question about the past must not make the next one about the present start from there.</summary>
    private Parts Keep(Parts parts, int year, Scope scope)
    {
        var key = (scope.Region, scope.Line, year);
        return _kept.Get<Parts>(key)?.Position > parts.Position ? parts : _kept.Set(key, parts, new MemoryCacheEntryOptions { Size = parts.Size });
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
        return Distance(nearest) <= NearAmongMost ? nearest : null;

        long Distance(Parts? parts) => parts is null ? long.MaxValue : Math.Abs(parts.Position - position);
    }

    private async Task<Parts> MovedAsync(Parts near, long position, int year, Scope scope, CancellationToken cancellation)
    {
        var between = (Math.Min(near.Position, position), Math.Max(near.Position, position));
        var changes = new Dictionary<(int Year, PartKey Part), FigureSum>();
        await AddAsync(changes, near.Position, (year, year), scope, between, -1, cancellation);
        await AddAsync(changes, position, (year, year), scope, between, 1, cancellation);
        return near.With(position, Of(changes, year));
    }

    private static Dictionary<PartKey, FigureSum> Of(Dictionary<(int Year, PartKey Part), FigureSum> sums, int year) =>
        sums.Where(entry => entry.Key.Year == year).ToDictionary(entry => entry.Key.Part, entry => entry.Value);

    private async Task AddAsync(
        Dictionary<(int Year, PartKey Part), FigureSum> sums, long position, (int From, int To) years, Scope scope, (long After, long Until)? touched, int times, CancellationToken cancellation)
    {
        await using var command = FigureReader.Command(
            await database.SourceAsync(cancellation, touched?.Until ?? position), position, years.From, years.To, scope, isEveryKind: true, touched);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var cells = new FigureVector();
        while (await reader.ReadAsync(cancellation))
        {
            var report = FigureReader.Read(reader);
            var key = (report.Year, PartKey.Of(scope.Region, report));
            if (!sums.TryGetValue(key, out var sum))
            {
                sums.Add(key, sum = new FigureSum());
            }
            sum.Add(cells.Refill(report.Cells), report.IsOwed, times);
        }
    }

    /// <summary>Sums that are told; nothing is added to them any more.</summary>
    private sealed record Groups(long Position, IReadOnlyDictionary<GroupKey, FigureSum> Sums);
}
