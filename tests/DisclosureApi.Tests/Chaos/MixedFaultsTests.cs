using System.Collections.Concurrent;
using System.Diagnostics;
using Disclosure.Formats;
using Disclosure.Tests;
using DisclosureApi.Store;
using DisclosureApi.Tests.Replicas;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Chaos;

/// <summary>Everybody at once, on two hosts, while one thing after another goes wrong. Its length is DISCLOSURE_CHAOS_MINUTES.</summary>
public sealed class MixedFaultsTests
{
    private static readonly CellAddress Told = new("proactive", "licensing", "decisions");

    private readonly ConcurrentBag<string> _acknowledged = [];
    private readonly ConcurrentDictionary<string, long> _published = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _wrong = new();
    private volatile Uri[] _hosts = [];
    private int _reads;

    [Fact]
    public async Task Every_acknowledged_write_is_there_once_and_every_reading_shows_a_revision_that_existed()
    {
        using var server = await PostgresServer.MakeAsync();
        await Database.PrepareAsync(server.Connection("disclosure_owner"), "disclosure", CancellationToken.None);
        await using var wire = Cutter.Before(server.Socket, bytes => bytes.Span.Count("INSERT 0 1"u8) >= 2 && Random.Shared.Next(50) == 0);
        var api = await Api.OnAsync(server.Database(wire.Folder));
        try
        {
            _hosts = [await api.AnotherHostAsync(), await api.AnotherHostAsync()];
            using var stopping = new CancellationTokenSource();
            var reports = Enumerable.Range(1, 3).Select(number => Samples.CodeOf(number)).ToList();
            foreach (var code in reports)
            {
                await api.RegisterAsync(code);
            }
            var traffic = reports.Select(code => Task.Run(() => PublishOnAsync(new People(api, code, () => _hosts[Random.Shared.Next(2)]), stopping.Token)))
                .Concat(reports.Select(code => Task.Run(() => ReadOnAsync(api, code, stopping.Token)))).ToList();
            await BreakAsync(api, server, Stopwatch.StartNew());
            await stopping.CancelAsync();
            await Task.WhenAll(traffic);

            Assert.Empty(_wrong);
            Assert.True(_acknowledged.Count > 10 && _reads > 10, $"{_acknowledged.Count} writes, {_reads} readings.");
            var stored = await api.Database.TextsAsync("select split_part(stream_id, '/', 2) || ' ' || (data -> 'note' ->> 'text') from mt_events where type = 'secrecy_reviewed'");
            Assert.Equal(stored.Count, stored.Distinct(StringComparer.Ordinal).Count());
            Assert.Empty(_acknowledged.Except(stored, StringComparer.Ordinal));
            Assert.Equal(["0"], await api.Database.TextsAsync("select (max(seq_id) - count(*))::text from mt_events"));
            TestContext.Current.SendDiagnosticMessage("{0} writes acknowledged, {1} readings, {2} answers of the database lost", _acknowledged.Count, _reads, wire.Cuts);
        }
        finally
        {
            await api.DisposeAsync();
        }
    }

    /// <summary>One fault after another: sessions ended, the server frozen, killed, restarted, a host replaced.</summary>
    private async Task BreakAsync(Api api, PostgresServer server, Stopwatch since)
    {
        for (var fault = 0; since.Elapsed < Scale.Chaos || fault < 4; fault++)
        {
            await Task.Delay(1_000, TestContext.Current.CancellationToken);
            switch (fault % 4)
            {
                case 0:
                    await Sql.RunAsync(server.Superuser, "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'disclosure-api' and random() < 0.5");
                    break;
                case 1:
                    await server.FreezeAsync();
                    await Task.Delay(1_500, TestContext.Current.CancellationToken);
                    await server.ThawAsync();
                    break;
                case 2:
                    server.Kill();
                    await server.StartAsync();
                    break;
                default:
                    var old = _hosts[0];
                    _hosts = [_hosts[1], await api.AnotherHostAsync()];
                    await api.StopHostAsync(old);
                    break;
            }
        }
    }

    /// <summary>Revision after revision of one report, each with a figure that tells which it is; every step is asked for until it is answered.</summary>
    private async Task PublishOnAsync(People people, CancellationToken stopping)
    {
        for (var revision = 1L; !stopping.IsCancellationRequested; revision++)
        {
            var content = Samples.Whole().With(Told, 1_000 + revision);
            var hash = await people.FileAsync(content);
            await people.StepAsync("secrecy-review", people.Secrecy, new { contentHash = hash, passed = true, note = $"{revision}" });
            _acknowledged.Add($"{people.Code} {revision}");
            await people.AcknowledgeAsync();
            await people.StepAsync("submission", people.Submitter, new { });
            await people.StepAsync("review", people.Reviewer, new { decision = "approve", contentHash = hash });
            _published[people.Code] = revision;
            await people.StepAsync("publication", people.Reviewer, new { });
            await people.StepAsync("correction", people.Submitter, new { reason = "新收件数漏计" });
        }
    }

    /// <summary>Whatever is read is one of the revisions that were ever on their way to be public, with the figure that it was filed with, and never one before the last that was read.</summary>
    private async Task ReadOnAsync(Api api, string code, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var reply = await api.Of(null, _hosts[Random.Shared.Next(2)]).GetAsync($"/v1/agencies/{code}/reports/2023");
                if (reply.Status == 200)
                {
                    var (revision, told) = (reply.Json["revision"]!.GetValue<long>(), reply.Json["content"]!["tables"]!["proactive"]!["licensing"]!["decisions"]!.GetValue<long>());
                    if (told != 1_000 + revision || revision > _published.GetValueOrDefault(code))
                    {
                        _wrong.Enqueue($"{code}: revision {revision} tells {told}");
                    }
                    Interlocked.Increment(ref _reads);
                }
                else if (reply.Status is not (404 or 503))
                {
                    _wrong.Enqueue($"{reply.Request}: {reply.Status} {reply.Text}");
                }
            }
            catch (HttpRequestException)
            {
                // The host is being replaced.
            }
            await Task.Delay(5, CancellationToken.None);
        }
    }
}
