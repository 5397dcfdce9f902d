using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using DisclosureApi.Tests.Statistics;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Bulk;

/// <summary>Whoever takes an export and follows the feed has what the API shows, however often he is cut off and whatever is written meanwhile.</summary>
public sealed class FoldingTests(TestServer server)
{
    private const int Writers = 4;

    private static readonly string[] _public =
    [
        "report_published", "report_archived", "report_withdrawn", "report_reinstated", "agency_registered", "agency_changed", "agency_renamed", "agency_merged", "agency_dissolved",
        "agency_restored", "duty_decided",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copy_that_is_folded_from_an_export_and_the_feed_is_the_live_api_and_hears_each_public_event_once()
    {
        var database = await server.CreateDatabaseAsync($"folding_{Guid.NewGuid():N}");
        await using var host = await ServingHost.StartAsync(database);
        var worlds = Enumerable.Range(0, Writers).Select(number => new FigureWorld(host, Scale.Seed + number, 100 * (number + 1))).ToList();
        await Task.WhenAll(worlds.Select(world => world.GoOnAsync(10)));
        var writing = Task.WhenAll(worlds.Select(world => world.GoOnAsync(Math.Max(1, Scale.Writes / Writers))));
        var copies = new[] { new Copy(host, Scale.Seed), new Copy(host, Scale.Seed + 1), new Copy(host, Scale.Seed + 2) };
        var beginnings = await Task.WhenAll(copies.Select(copy => copy.TakeAsync()));
        var end = writing.ContinueWith(_ => database.ScalarAsync<long>($"select max(seq_id) from mt_events where {Public}"), Cancellation, TaskContinuationOptions.None, TaskScheduler.Default).Unwrap();
        await Task.WhenAll(copies[0].ListenAsync(beginnings[0], end), copies[1].ListenAsync(beginnings[1], end), copies[2].TurnPagesAsync(beginnings[2], end));
        await writing;

        var happened = (await database.TextsAsync($"select seq_id::text from mt_events where {Public} order by mt_events.seq_id")).ConvertAll(text => long.Parse(text, CultureInfo.InvariantCulture));
        var addresses = await database.TextsAsync("select distinct '/v1/agencies/' || agency || '/reports/' || year from publications");
        var live = await LiveAsync(host, addresses);
        var bodies = await LiveAsync(host, await database.TextsAsync("select '/v1/agencies/' || split_part(id, '/', 2) from mt_streams where id like 'agency/%'"));
        Assert.True(live.Count > 20 && live.Values.Any(text => text is null) && live.Values.Any(text => text is not null));
        foreach (var (copy, beginning) in copies.Zip(beginnings))
        {
            Assert.Equal(happened.Where(position => position > beginning), copy.Heard);
            Assert.Equal(live.Where(entry => entry.Value is not null).Select(entry => (entry.Key, entry.Value!)).Order(), copy.Reports.Select(entry => (entry.Key, entry.Value)).Order());
            Assert.All(copy.Bodies, entry => Assert.Equal(bodies[entry.Key], entry.Value));
        }
    }

    private static string Public => $"type in ('{string.Join("', '", _public)}')";

    private static async Task<Dictionary<string, string?>> LiveAsync(ServingHost host, IEnumerable<string> addresses)
    {
        var live = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var address in addresses)
        {
            live[address] = await Copy.FetchAsync(host.Http, address);
        }
        return live;
    }

    /// <summary>Someone's copy of all that is public.</summary>
    private sealed class Copy(ServingHost host, int seed)
    {
        private readonly Random _random = new(seed);

        public Dictionary<string, string> Reports { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, string> Bodies { get; } = new(StringComparer.Ordinal);

        public List<long> Heard { get; } = [];

        public static async Task<string?> FetchAsync(HttpClient http, string address)
        {
            using var answer = await http.GetAsync(new Uri(address, UriKind.Relative), Cancellation);
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Gone, $"{address}: {answer.StatusCode}");
            return answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadAsStringAsync(Cancellation) : null;
        }

        /// <summary>All years as of one position, and that position.</summary>
        public async Task<long> TakeAsync()
        {
            var position = JsonNode.Parse(await host.GetAsync("/v1/exports/2019/manifest"))!["position"]!.GetValue<long>();
            for (var year = 2019; year <= 2024; year++)
            {
                foreach (var line in (await host.GetAsync($"/v1/exports/{year}?asOf={position}")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    Reports.Add(JsonNode.Parse(line)!["links"]!["self"]!.ToString(), line);
                }
            }
            return position;
        }

        /// <summary>Reads a few events, is cut off, and comes back with the last id it saw.</summary>
        public async Task ListenAsync(long after, Task<long> end)
        {
            while (!end.IsCompletedSuccessfully || after < await end)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/changes") { Headers = { { "Accept", "text/event-stream" }, { "Last-Event-ID", $"{after}" } } };
                using var cut = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
                _ = end.ContinueWith(_ => cut.CancelAfter(TimeSpan.FromSeconds(2)), Cancellation, TaskContinuationOptions.None, TaskScheduler.Default);
                try
                {
                    using var answer = await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cut.Token);
                    using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cut.Token));
                    for (var left = _random.Next(1, 20); left > 0 && !(end.IsCompletedSuccessfully && after >= await end);)
                    {
                        if ((await lines.ReadLineAsync(cut.Token))!.Split("data: ") is ["", var data])
                        {
                            after = await FoldAsync(JsonNode.Parse(data)!);
                            left--;
                        }
                    }
                }
                catch (OperationCanceledException) when (!Cancellation.IsCancellationRequested)
                {
                    // Cut off in the middle; what was seen last is known.
                }
            }
        }

        public async Task TurnPagesAsync(long after, Task<long> end)
        {
            while (!end.IsCompletedSuccessfully || after < await end)
            {
                var page = JsonNode.Parse(await host.GetAsync($"/v1/changes?after={after}&limit={_random.Next(1, 30)}"))!;
                foreach (var change in page["items"]!.AsArray())
                {
                    await FoldAsync(change!);
                }
                after = page["last"]!.GetValue<long>();
            }
        }

        private async Task<long> FoldAsync(JsonNode change)
        {
            var address = change["address"]!.ToString();
            var copy = change["year"] is null ? Bodies : Reports;
            if (await FetchAsync(host.Http, address) is { } body)
            {
                copy[address] = body;
            }
            else
            {
                copy.Remove(address);
            }
            Heard.Add(change["position"]!.GetValue<long>());
            return Heard[^1];
        }
    }
}
