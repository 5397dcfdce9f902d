using Disclosure.Statistics;
using DisclosureApi.Store.Replicas;
using Microsoft.Extensions.Caching.Memory;
using DisclosureApi.Statistics.Sums;

namespace DisclosureApi.Statistics;

/// <summary>One figure of one body's report.</summary>
internal sealed record BodyFigure(string Agency, string Name, string Region, bool IsOwed, Figure Figure);

/// <summary>One figure of every body of a scope in a year. What was read last is remembered under the position it was read at.</summary>
internal sealed class BodyFigures(ReadDatabase database) : IDisposable
{
    // Figures of as many bodies take some hundred megabytes; a year of the whole country is a fifth of it.
    private const int MostKept = 1_000_000;

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    public async Task<IReadOnlyList<BodyFigure>> ReadAsync(long position, int year, Scope scope, AskedFigure asked, CancellationToken cancellation)
    {
        var key = (position, year, scope, asked.Code, asked.Class);
        if (_kept.TryGetValue(key, out IReadOnlyList<BodyFigure>? kept))
        {
            return kept!;
        }
        var found = new List<BodyFigure>();
        await using var command = FigureReader.Command(await database.SourceAsync(cancellation, position), position, year, year, scope);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var report = FigureReader.Read(reader);
            found.Add(new BodyFigure(report.Agency, report.Name, report.Region, report.IsOwed, asked.In(FigureVector.Unpack(report.Cells))));
        }
        return _kept.Set<IReadOnlyList<BodyFigure>>(key, found, new MemoryCacheEntryOptions { Size = found.Count + 1 });
    }

    public void Dispose() => _kept.Dispose();
}
