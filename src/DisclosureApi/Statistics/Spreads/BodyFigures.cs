using System.Runtime.CompilerServices;
using Disclosure.Statistics;
using DisclosureApi.Statistics.Sums;
using DisclosureApi.Store.Replicas;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace DisclosureApi.Statistics.Spreads;

/// <summary>One figure of one body's report.</summary>
internal sealed record BodyFigure(string Agency, string Name, string Region, bool IsOwed, Figure Figure);

/// <summary>
/// How one figure lies over the bodies of a scope in a year, and who stands first. What was read last is remembered under
/// the position it was read at: what is told of it, not the bodies, so that it is as little for a country as for a county.
/// </summary>
internal sealed class BodyFigures(ReadDatabase database) : IDisposable
{
    private const int MostKept = 20_000;

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    /// <summary>A spread tells of nobody by name, and reads no more than it tells.</summary>
    public Task<Spread> SpreadAsync(long position, int year, Scope scope, AskedFigure asked, CancellationToken cancellation) => KeptAsync(
        (position, year, scope, asked.Code, asked.Class), 1, () => Spread.OfAsync(ReadAsync(
            position, year, scope, FigureReader.Numbers, asked, (row, figure) => (row.GetBoolean(0), figure), cancellation)));

    public Task<Ranks> RanksAsync(long position, int year, Scope scope, AskedFigure asked, bool isRising, CancellationToken cancellation) => KeptAsync(
        (position, year, scope, asked.Code, asked.Class, isRising), Ranks.Most / 10, () => Ranks.OfAsync(ReadAsync(
            position, year, scope, FigureReader.Named, asked, (row, figure) => new BodyFigure(row.GetString(1), row.GetString(2), row.GetString(3), row.GetBoolean(0), figure), cancellation), isRising));

    public void Dispose() => _kept.Dispose();

    private async Task<T> KeptAsync<T>(object key, int size, Func<Task<T>> read) =>
        _kept.TryGetValue(key, out T? kept) ? kept! : _kept.Set(key, await read(), new MemoryCacheEntryOptions { Size = size });

    private async IAsyncEnumerable<T> ReadAsync<T>(
        long position, int year, Scope scope, string columns, AskedFigure asked, Func<NpgsqlDataReader, Figure, T> read, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = FigureReader.Command(await database.SourceAsync(cancellation, position), position, year, year, scope, columns: columns);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (cells, slots) = (new FigureVector(), asked.Slots.ToArray());
        while (await reader.ReadAsync(cancellation))
        {
            yield return read(reader, asked.In(cells.Refill(reader.GetFieldValue<byte[]>(reader.FieldCount - 1), slots)));
        }
    }
}
