using System.Diagnostics;
using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Store.Local;
using DisclosureApi.Tests.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DisclosureApi.Tests.Host;

/// <summary>The host's start and its orderly end.</summary>
public sealed class HostLifeTests(TestServer server)
{
    [Theory]
    [InlineData("TERM", false)]
    [InlineData("TERM", true)]
    [InlineData("INT", false)]
    [InlineData("INT", true)]
    public async Task A_signal_ends_the_host_and_its_database_in_order(string signal, bool toGroup)
    {
        using var directory = new TemporaryDataDirectory();
        using var host = await HostProcess.ServeAsync(directory.Path);
        var postmaster = Postmaster.Of(directory.Cluster)!;
        Assert.True(postmaster.IsRunning);

        await (toGroup ? host.SignalGroupAsync(signal) : host.SignalAsync(signal));

        Assert.Equal(0, await host.ExitAsync());
        Assert.False(postmaster.IsRunning);
        Assert.Null(Postmaster.Of(directory.Cluster));
        Assert.Equal("", host.Errors);
    }

    [Fact]
    public void No_keys_are_made_for_what_is_never_encrypted()
    {
        using var directory = new TemporaryDataDirectory();
        var builder = WebApplication.CreateBuilder();
        using var app = ApiHost.Build(builder, Settings.Read([$"--LocalPostgres:DataDirectory={directory.Path}"]), "Host=nowhere;Username=nobody");

        Assert.DoesNotContain(builder.Services, service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Namespace?.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal) is true);
    }

    [Fact]
    public async Task The_first_start_tells_where_things_are_and_what_to_do_next_and_the_second_is_quick()
    {
        using var directory = new TemporaryDataDirectory();
        using (var first = await HostProcess.ServeAsync(directory.Path))
        {
            await first.UntilAsync(() => first.Output.Contains("Ctrl+C", StringComparison.Ordinal));
            foreach (var told in (string[])[$"{first.Url}v1", $"{first.Url}docs", $"{first.Url}openapi/v1.json", directory.Path, "curl ", "token --role registrar"])
            {
                Assert.Contains(told, first.Output, StringComparison.Ordinal);
            }
            await first.SignalAsync("TERM");
            await first.ExitAsync();
        }

        var clock = Stopwatch.StartNew();
        using var second = await HostProcess.ServeAsync(directory.Path);
        TestContext.Current.TestOutputHelper!.WriteLine($"Ready on an existing data directory after {clock.ElapsedMilliseconds} ms.");
    }

    [Fact]
    public async Task A_signal_in_the_middle_of_the_first_start_leaves_nothing_running()
    {
        using var directory = new TemporaryDataDirectory();
        using (var host = HostProcess.Run(HostProcess.Arguments(directory.Path)))
        {
            await host.UntilAsync(() => Directory.GetDirectories(directory.Path, "pgdata*").Length > 0);
            await host.SignalGroupAsync("TERM");
            await host.ExitAsync();
            Assert.True(Postmaster.Of(directory.Cluster) is not { IsRunning: true });
        }
        using var next = await HostProcess.ServeAsync(directory.Path);
    }

    [Fact]
    public async Task A_signal_while_the_database_starts_leaves_nothing_running()
    {
        using var directory = new TemporaryDataDirectory();
        await using (await directory.StartAsync())
        {
        }
        using (var host = HostProcess.Run(HostProcess.Arguments(directory.Path)))
        {
            await host.UntilAsync(() => File.Exists(Path.Combine(directory.Cluster, "postmaster.pid")));
            await host.SignalAsync("TERM");
            await host.ExitAsync();
            Assert.True(Postmaster.Of(directory.Cluster) is not { IsRunning: true });
        }
        using var next = await HostProcess.ServeAsync(directory.Path);
    }

    [Fact]
    public async Task With_connection_strings_no_database_is_started()
    {
        using var directory = new TemporaryDataDirectory();
        var database = await server.CreateDatabaseAsync($"host_{Guid.NewGuid():N}");
        using var host = await HostProcess.ServeAsync(
            directory.Path, $"--ConnectionStrings:Disclosure={database.Serving}", $"--ConnectionStrings:DisclosureOwner={database.Owner}");

        var registrar = host.As(HostProcess.Token(directory.Path, Role.Registrar));
        (await registrar.PutAsync($"/v1/agencies/{Samples.Agency}", Bodies.Agency(Samples.Agency), Headers.Create)).Expect(201);

        Assert.Equal(["issuer.key", "ledger.key", "webhooks.key"], Directory.GetFileSystemEntries(directory.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from mt_events"));
        Assert.DoesNotContain("embedded PostgreSQL", host.Output, StringComparison.Ordinal);
        await host.SignalAsync("TERM");
        Assert.Equal(0, await host.ExitAsync());
    }

    [Fact]
    public async Task With_an_authority_the_embedded_issuer_is_off()
    {
        using var directory = new TemporaryDataDirectory();
        await using var authority = await Access.Authority.StartAsync();
        var database = await server.CreateDatabaseAsync($"host_{Guid.NewGuid():N}");
        using var host = await HostProcess.ServeAsync(directory.Path, $"--ConnectionStrings:Disclosure={database.Serving}", $"--Access:Authority={authority.Issuer}");
        var put = $"/v1/agencies/{Samples.Agency}";

        var embedded = host.As(HostProcess.Token(directory.Path, Role.Registrar));
        (await embedded.PutAsync(put, Bodies.Agency(Samples.Agency), Headers.Create)).ExpectProblem(401, "unauthenticated");
        var token = authority.Token("ES256", authority.EllipticKey).With("scope", Role.Registrar.Scope).Without("agency").Sign(authority.Elliptic);
        (await host.As(token).PutAsync(put, Bodies.Agency(Samples.Agency), Headers.Create)).Expect(201);
        Assert.DoesNotContain("token --role", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_option_that_nobody_knows_does_not_stop_the_start()
    {
        using var directory = new TemporaryDataDirectory();
        var database = await server.CreateDatabaseAsync($"host_{Guid.NewGuid():N}");
        using var host = await HostProcess.ServeAsync(
            directory.Path, $"--ConnectionStrings:Disclosure={database.Serving}", "--Unknown:Option=1", "--unknown", "value", "-u", "/y");
    }
}
