using System.Diagnostics;
using System.Net.Http.Headers;
using DisclosureApi.Benchmarks.Hosts;
using DisclosureApi.Benchmarks.Measuring;
using Npgsql;

namespace DisclosureApi.Benchmarks.Bulk;

/// <summary>(k) All reports of a year as a file against COPY of the same rows, what that takes of memory, and what those cost who only listen.</summary>
internal static class BulkPart
{
    private const int Originals = 20;
    private const int Reports = 20_000;
    private const int AtOnce = 4;
    private const int Listeners = 1_000;
    private const double Least = 0.5;
    private const double ExportMegabytes = 300;
    private const double ListenerMegabytes = 200;

    private static readonly string _address = $"/v1/exports/{BenchmarkHost.Year}?format=ndjson";

    public static async Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkServer server, Plan plan)
    {
        await using var host = await BenchmarkHost.StartAsync(server, "bulk_ours");
        for (var number = 1; number <= Originals; number++)
        {
            await host.PublishAsync(await host.RegisterAsync(number));
        }
        await using var owner = NpgsqlDataSource.Create(host.Database.Owner);
        await MultiplyAsync(owner);
        using var http = host.As(null);
        var first = await ExportAsync(http, null);
        var rounds = new List<(double Ours, double Baseline)>();
        var coded = new List<double>();
        for (var round = 0; round < plan.Rounds; round++)
        {
            rounds.Add((await ExportAsync(http, null), await CopyAsync(owner)));
            coded.Add(await ExportAsync(http, "gzip"));
        }
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async number =>
        {
            using var other = host.As(null);
            await ExportAsync(other, number % 2 == 0 ? null : "gzip");
        }));
        var (_, most) = host.Process.Memory;
        return
        [
            Comparison.Of("k", $"export of {Reports:#,0} reports", "binary COPY", "MB/s", rounds, Wanted.AtLeast(Least)),
            Comparison.Figure("k", "the same for the first reader, for whom it is hashed first", "MB/s", first),
            Comparison.Figure("k", "the same in gzip, bytes sent", "MB/s", Median.Of(coded)),
            Comparison.Figure("k", $"the most memory, also with {AtOnce} exports at once", "MB", most, ExportMegabytes),
            Comparison.Figure("k", $"memory that {Listeners:#,0} idle listeners add", "MB", await ListenAsync(server), ListenerMegabytes),
        ];
    }

    /// <summary>As many reports as are wanted, by rows like those that publications leave.</summary>
    private static async Task MultiplyAsync(NpgsqlDataSource owner)
    {
        await using var connection = await owner.OpenConnectionAsync();
        foreach (var (table, columns, values) in ((string, string, string)[])
        [
            ("figures", "from_position, to_position, revision, cells", "o.from_position, o.to_position, o.revision, o.cells"),
            ("publications", "revision, position, body, etag, findings", "o.revision, o.position, o.body, o.etag, o.findings"),
        ])
        {
            await using var command = new NpgsqlCommand(
                $"""
                insert into {table} (agency, year, {columns})
                select 'x' || to_char(o.number * {Reports / Originals} + copy, 'FM00000000'), o.year, {values}
                from (select *, row_number() over (order by agency) as number from {table} where year = {BenchmarkHost.Year}) as o, generate_series(1, {(Reports / Originals) - 1}) as copy
                """, connection) { CommandTimeout = 600 };
            await command.ExecuteNonQueryAsync();
        }
        await using var tidy = new NpgsqlCommand("vacuum analyze figures, publications", connection) { CommandTimeout = 600 };
        await tidy.ExecuteNonQueryAsync();
    }

    /// <summary>Megabytes a second that arrive.</summary>
    private static async Task<double> ExportAsync(HttpClient http, string? coding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _address);
        if (coding is not null)
        {
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(coding));
        }
        var clock = Stopwatch.GetTimestamp();
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var stream = await answer.Content.ReadAsStreamAsync();
        return await DrainAsync(stream) / 1e6 / Stopwatch.GetElapsedTime(clock).TotalSeconds;
    }

    /// <summary>The same bytes, as fast as the database gives them out.</summary>
    private static async Task<double> CopyAsync(NpgsqlDataSource owner)
    {
        await using var connection = await owner.OpenConnectionAsync();
        var clock = Stopwatch.GetTimestamp();
        await using var stream = await connection.BeginRawBinaryCopyAsync(
            $"copy (select p.body from figures f join publications p using (agency, year, revision) where f.year = {BenchmarkHost.Year} and f.to_position is null order by f.agency) to stdout (format binary)");
        return await DrainAsync(stream) / 1e6 / Stopwatch.GetElapsedTime(clock).TotalSeconds;
    }

    private static async Task<long> DrainAsync(Stream stream)
    {
        var (buffer, all) = (new byte[256 * 1024], 0L);
        while (await stream.ReadAsync(buffer) is > 0 and var read)
        {
            all += read;
        }
        return all;
    }

    /// <summary>In a host that has done nothing else: what it holds with all of them, without what it held before.</summary>
    private static async Task<double> ListenAsync(BenchmarkServer server)
    {
        await using var host = await BenchmarkHost.StartAsync(server, "bulk_listeners");
        await host.PublishAsync(await host.RegisterAsync(1));
        using var http = host.As(null);
        var (before, _) = host.Process.Memory;
        var open = new List<HttpResponseMessage>();
        foreach (var some in Enumerable.Range(0, Listeners).Chunk(50))
        {
            open.AddRange(await Task.WhenAll(some.Select(_ => http.SendAsync(
                new HttpRequestMessage(HttpMethod.Get, "/v1/changes") { Headers = { { "Accept", "text/event-stream" } } }, HttpCompletionOption.ResponseHeadersRead))));
        }
        open.ForEach(answer => answer.EnsureSuccessStatusCode());
        // A heartbeat reaches each of them, so that what that takes is there as well.
        await Task.WhenAll(open.Select(async answer =>
        {
            using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(), leaveOpen: true);
            while (await lines.ReadLineAsync() != ":")
            {
                // What comes first is the word how soon to come again.
            }
        }));
        var (_, most) = host.Process.Memory;
        open.ForEach(answer => answer.Dispose());
        return most - before;
    }
}
