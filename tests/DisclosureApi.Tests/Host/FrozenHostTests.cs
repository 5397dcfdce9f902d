using Disclosure.Formats;
using Disclosure.Tests;
using DisclosureApi.Store.Following;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Host;

/// <summary>A host that the system froze, beside one that goes on.</summary>
public sealed class FrozenHostTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task A_frozen_host_delays_a_withdrawal_until_it_can_no_longer_serve_the_report()
    {
        using var directory = new TemporaryDataDirectory();
        using var frozen = await ServeAsync(directory);
        var life = await api.ReportAsync(2021);
        await life.PublishAsync((await life.FileAsync()).Expect(201));
        await frozen.UntilAsync(async () => (await frozen.As(null).GetAsync(life.Address)).Status == 200);
        await frozen.SignalAsync("STOP");

        var withdrawn = (await life.WithdrawAsync()).Expect(201);

        var behind = $"select count(*) from hosts where position < {withdrawn.Json["position"]} and seen_at > clock_timestamp() - interval '{Follower.Lease.TotalSeconds} s'";
        Assert.Equal(0, await api.Database.ScalarAsync<long>(behind));
        await frozen.SignalAsync("CONT");
        (await frozen.As(null).GetAsync(life.Address)).ExpectProblem(410, "withdrawn");
    }

    [Fact]
    public async Task A_host_frozen_while_it_writes_does_not_stop_the_others()
    {
        using var directory = new TemporaryDataDirectory();
        using var frozen = await ServeAsync(directory);
        var (mine, its) = (await api.ReportAsync(2022), await api.ReportAsync(2023));
        (await mine.FileAsync()).Expect(201);
        (await its.FileAsync()).Expect(201);
        using var writing = new CancellationTokenSource();
        var writes = WriteAsync(frozen.As(its.Submitter.Token), its.Address, writing.Token);
        await frozen.UntilAsync(async () => await api.Database.ScalarAsync<long>("select version from mt_streams where id like '%/2023'") > 20);
        await frozen.SignalAsync("STOP");

        for (var i = 0; i < 20; i++)
        {
            (await mine.Submitter.PutAsync($"{mine.Address}/draft", Draft(i, 2022), Headers.Match("*"))).Expect(200);
        }

        await frozen.SignalAsync("CONT");
        var before = await api.Database.ScalarAsync<long>("select version from mt_streams where id like '%/2023'");
        await frozen.UntilAsync(async () => await api.Database.ScalarAsync<long>("select version from mt_streams where id like '%/2023'") > before + 5);
        await writing.CancelAsync();
        Assert.Equal(await writes + 1, await api.Database.ScalarAsync<long>("select version from mt_streams where id like '%/2023'"));
        Assert.Equal(0, await api.Database.ScalarAsync<long>("select max(seq_id) - count(*) from mt_events"));
    }

    private async Task<HostProcess> ServeAsync(TemporaryDataDirectory directory)
    {
        // Both hosts believe the same issuer, as the hosts of one service do.
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "issuer.key"), api.KeyPem, TestContext.Current.CancellationToken);
        return await HostProcess.ServeAsync(directory.Path, $"--ConnectionStrings:Disclosure={api.Database.Serving}");
    }

    /// <summary>Changes the draft again and again; each change that was acknowledged counts.</summary>
    private static async Task<int> WriteAsync(Client writer, string report, CancellationToken stopping)
    {
        var written = 0;
        while (!stopping.IsCancellationRequested)
        {
            (await writer.PutAsync($"{report}/draft", Draft(100 + written, 2023), Headers.Match("*"))).Expect(200);
            written++;
        }
        return written;
    }

    private static HttpContent Draft(int figure, int year) =>
        Bodies.Filing(Samples.Whole().With(new CellAddress("proactive", "licensing", "decisions"), 1_000 + figure), year);
}
