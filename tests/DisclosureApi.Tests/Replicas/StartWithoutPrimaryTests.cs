using DisclosureApi.Tests.Host;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Replicas;

/// <summary>A host that is started, or started again, while the primary is away.</summary>
public sealed class StartWithoutPrimaryTests
{
    [Fact]
    public async Task It_serves_readings_from_the_replica_and_writes_when_the_primary_is_back()
    {
        await using var pair = await Pair.StartAsync();
        var life = await pair.Api.ReportAsync(2021);
        var published = await life.PublishAsync((await life.FileAsync()).Expect(201));
        var shown = (await pair.Api.Anon.GetAsync(life.Address)).Expect(200).Text;
        while (await pair.ReplayedAsync() < published.Json["position"]!.GetValue<long>())
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        pair.Primary.Kill();

        using var directory = new TemporaryDataDirectory();
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "issuer.key"), pair.Api.KeyPem, TestContext.Current.CancellationToken);
        using var host = await HostProcess.ServeAsync(directory.Path,
            $"--ConnectionStrings:Disclosure={pair.Primary.Connection("disclosure")}", $"--ConnectionStrings:DisclosureOwner={pair.Primary.Connection("disclosure_owner")}",
            $"--ConnectionStrings:DisclosureReplica=Host={pair.Replica.Socket}");

        var (anyone, reviewer) = (pair.Api.Of(null, host.Url), pair.Api.Of(pair.Api.Reviewer.Token, host.Url));
        Assert.Contains("The primary cannot be reached", host.Output, StringComparison.Ordinal);
        Assert.Equal("reading", (await anyone.GetAsync("/health/ready")).Expect(200).Json["status"]!.ToString());
        Assert.Equal(shown, (await anyone.GetAsync(life.Address)).Expect(200).Text);
        (await anyone.GetAsync("/v1/reports")).Expect(200);
        var withdrawal = new { reason = "数据来源有误" };
        Assert.NotNull((await reviewer.PostAsync($"{life.Address}/withdrawal", Bodies.Json(withdrawal))).ExpectProblem(503, "unavailable").Header("Retry-After"));

        await pair.Primary.StartAsync();
        await host.UntilAsync(async () => (await reviewer.PostAsync($"{life.Address}/withdrawal", Bodies.Json(withdrawal))).Status == 201);
        (await anyone.GetAsync(life.Address)).ExpectProblem(410, "withdrawn");
        await host.UntilAsync(async () => (await anyone.GetAsync("/health/ready")).Expect(200).Json["status"]!.ToString() == "ready");
    }
}
