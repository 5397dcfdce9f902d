using System.Diagnostics;
using DisclosureApi.Generating;
using Npgsql;

namespace DisclosureApi.Benchmarks.Scale;

/// <summary>
/// A store as it would stand after years of a country: the product's own generated country, its events copied in and its
/// read models made from them by the product's own rebuild, so that each table holds what the product itself would have put there.
/// </summary>
internal static class MadeUpCountry
{
    /// <summary>Of a hundred reports that are owed, so many come.</summary>
    private const double Filed = 0.96;

    public static int Bodies(int reports) => (int)Math.Ceiling(reports / Filed / Generation.MostYears);

    /// <summary>Fills a database; one that was filled before stays as it is.</summary>
    public static async Task FillAsync(BenchmarkDatabase database, int reports)
    {
        await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.Owner) { CommandTimeout = 0 }.ConnectionString);
        if (await ScalarAsync<bool>(owner, "select not exists (select from mt_events)"))
        {
            var clock = Stopwatch.StartNew();
            await using var serving = NpgsqlDataSource.Create(database.Writing);
            var events = await GenerateCommand.FillAsync(
                database.Owner, serving, new Generation(Bodies(reports), Generation.MostYears, seed: 1), isCopied: true, Console.Error.WriteLine, CancellationToken.None);
            await ScalarAsync<object>(owner, "vacuum analyze");
            Console.Error.WriteLine($"{Bodies(reports):#,0} bodies and {Generation.MostYears} years: {events:#,0} events in {clock.Elapsed.TotalSeconds:0} s.");
        }
    }

    public static async Task<T?> ScalarAsync<T>(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public static async Task<IReadOnlyList<T>> ColumnAsync<T>(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<T>();
        while (await reader.ReadAsync())
        {
            values.Add(await reader.GetFieldValueAsync<T>(0));
        }
        return values;
    }
}
