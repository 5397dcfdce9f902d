using System.Collections.Concurrent;
using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Store.Local;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Host;

/// <summary>What was acknowledged is there after whatever happens to the host or its database.</summary>
public sealed class HostCrashTests
{
    private const int Clients = 4;
    private const int EnoughAcknowledged = 40;
    private static readonly int[] _years = [2019, 2020, 2021, 2022, 2023];

    [Fact]
    public async Task A_killed_host_loses_nothing_and_its_database_is_taken_over()
    {
        using var directory = new TemporaryDataDirectory();
        var written = new Dictionary<string, string>(StringComparer.Ordinal);
        using (var host = await HostProcess.ServeAsync(directory.Path))
        {
            var submitter = await SubmitterAsync(host, directory);
            foreach (var year in _years)
            {
                written[Draft(year)] = (await submitter.PutAsync(Draft(year), Bodies.Filing(Samples.Whole(), year), Headers.Create)).Expect(201).Text;
            }
            await host.SignalAsync("KILL");
            await host.ExitAsync();
        }

        using var next = await HostProcess.ServeAsync(directory.Path);
        var reader = next.As(HostProcess.Token(directory.Path, Role.Submitter, Samples.Agency));
        foreach (var (draft, text) in written)
        {
            Assert.Equal(text, (await reader.GetAsync(draft)).Expect(200).Text);
        }
        await next.SignalAsync("TERM");
        Assert.Equal(0, await next.ExitAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_kill_while_many_write_loses_nothing_that_was_acknowledged(bool database)
    {
        using var directory = new TemporaryDataDirectory();
        var acknowledged = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        using (var host = await HostProcess.ServeAsync(directory.Path))
        {
            var submitter = await SubmitterAsync(host, directory);
            var writers = Enumerable.Range(0, Clients).Select(i => Task.Run(() => WriteOnAsync(submitter, _years[i], acknowledged))).ToList();
            await host.UntilAsync(() => acknowledged.Values.Sum() >= EnoughAcknowledged);
            await HostProcess.SignalAsync("KILL", database ? Postmaster.Of(directory.Cluster)!.Number : host.Number);
            Assert.Equal(database ? 1 : 137, await host.ExitAsync());
            await Task.WhenAll(writers);
        }

        using var next = await HostProcess.ServeAsync(directory.Path);
        var reader = next.As(HostProcess.Token(directory.Path, Role.Submitter, Samples.Agency));
        foreach (var (draft, version) in acknowledged)
        {
            // The write under way at the kill may or may not have come through; the one acknowledged before it has.
            var kept = (await reader.GetAsync(draft)).Expect(200);
            Assert.InRange(int.Parse(kept.ETag.Trim('"')), version, version + 1);
            Assert.InRange(kept.Json["content"]!["tables"]!["proactive"]!["governmentRules"]!["inForce"]!.GetValue<int>(), version, version + 1);
        }
    }

    [Fact]
    public async Task A_host_whose_database_was_killed_says_so_and_ends_and_the_next_recovers()
    {
        using var directory = new TemporaryDataDirectory();
        using (var host = await HostProcess.ServeAsync(directory.Path))
        {
            await SubmitterAsync(host, directory);
            await HostProcess.SignalAsync("KILL", Postmaster.Of(directory.Cluster)!.Number);
            Assert.Equal(1, await host.ExitAsync());
            Assert.Contains("PostgreSQL has ended unasked", host.Errors, StringComparison.Ordinal);
        }

        using var next = await HostProcess.ServeAsync(directory.Path);
        Assert.Contains("recovers", next.Output, StringComparison.Ordinal);
        (await next.As(null).GetAsync($"/v1/agencies/{Samples.Agency}")).Expect(200);
    }

    /// <summary>Writes one version after another until nobody answers, and keeps the last that was acknowledged.</summary>
    private static async Task WriteOnAsync(Client submitter, int year, ConcurrentDictionary<string, int> acknowledged)
    {
        try
        {
            for (var version = 1; ; version++)
            {
                var content = Samples.Whole().With(new("proactive", "governmentRules", "inForce"), version);
                var answer = await submitter.PutAsync(
                    Draft(year), Bodies.Filing(content, year), version == 1 ? Headers.Create : Headers.Match($"\"{version - 1}\""));
                if (answer.Status is not (200 or 201))
                {
                    // Without its database the host refuses until it has ended.
                    Assert.Equal(503, answer.Status);
                    return;
                }
                acknowledged[Draft(year)] = version;
            }
        }
        catch (HttpRequestException)
        {
            // The host is gone, which is what this writer waits for.
        }
    }

    private static string Draft(int year) => $"/v1/agencies/{Samples.Agency}/reports/{year}/draft";

    private static async Task<Client> SubmitterAsync(HostProcess host, TemporaryDataDirectory directory)
    {
        var registrar = host.As(HostProcess.Token(directory.Path, Role.Registrar));
        (await registrar.PutAsync($"/v1/agencies/{Samples.Agency}", Bodies.Agency(Samples.Agency), Headers.Create)).Expect(201);
        return host.As(HostProcess.Token(directory.Path, Role.Submitter, Samples.Agency));
    }
}
