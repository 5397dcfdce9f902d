using DisclosureApi.Tests.Host;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Operations;

/// <summary>A setting that cannot be is told by its name before anything starts, and all of them at once.</summary>
public sealed class SettingTests
{
    [Theory]
    [InlineData("urls", "ftp://x")]
    [InlineData("urls", "http://127.0.0.1:99999")]
    [InlineData("ConnectionStrings:Disclosure", "Hots=127.0.0.1")]
    [InlineData("ConnectionStrings:DisclosureOwner", "Host=127.0.0.1")]
    [InlineData("Access:Authority", "http://example.org")]
    [InlineData("RateLimits:Client", "0")]
    [InlineData("RateLimits:Agency", "many")]
    [InlineData("Ledger:KeyFile", "/nowhere/at/all/key.pem")]
    [InlineData("Ledger:KeyFile", "")]
    [InlineData("Webhooks:KeyFile", "/")]
    [InlineData("Access:Audience", "")]
    [InlineData("Exports:Licence", "")]
    [InlineData("Changes:MostStreams", "0")]
    [InlineData("Proxies", "10.0.0.1")]
    [InlineData("Security:Contact", "nonsense")]
    [InlineData("Timeliness:LocalDates:0", "nonsense")]
    [InlineData("Logging:LogLevel:Default", "Wrning")]
    [InlineData("ConnectionStrings:DisclosureOwner", "Host=127.0.0.1;Username=disclosure_owner")]
    [InlineData("Ledger:Witness", "/nowhere/at/all/checkpoint")]
    [InlineData("Ledger:Witness", "")]
    [InlineData("LocalPostgres:DataDirectory", "")]
    [InlineData("Ledger:Origin", "two words")]
    [InlineData("Shutdown:DrainSeconds", "-1")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")]
    public async Task It_is_told_by_its_name_and_nothing_was_started(string setting, string value)
    {
        using var directory = new TemporaryDataDirectory();
        using var host = HostProcess.Run([.. HostProcess.Arguments(directory.Path), $"--{setting}={value}", "--RateLimits:Address=x"]);

        Assert.Equal(1, await host.ExitAsync());

        Assert.Contains($"{setting} ", host.Errors, StringComparison.Ordinal);
        Assert.Contains("RateLimits:Address is \"x\"; it must be a whole number of requests in a minute, at least 1.", host.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(directory.Path));
    }
}
