using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Host;

/// <summary>What a host says on its console can be shown to anyone who keeps it running: no token, no secret, no draft, and no line that a stranger wrote.</summary>
public sealed class LogTests
{
    private const string Words = "尚未公开的数字与文字";

    [Fact]
    public async Task Tokens_secrets_and_texts_are_never_logged_and_nobody_writes_lines_into_the_log()
    {
        using var directory = new TemporaryDataDirectory();
        using var host = await HostProcess.ServeAsync(directory.Path, "--Logging:LogLevel:Default=Information", "--Logging:LogLevel:Microsoft.AspNetCore=Information");
        var (good, other) = (HostProcess.Token(directory.Path, Role.Submitter, Samples.Agency), HostProcess.Token(directory.Path, Role.Registrar));
        var broken = $"{good[..^6]}AAAAAA";
        (await host.As(other).PutAsync($"/v1/agencies/{Samples.Agency}", Bodies.Agency(Samples.Agency), Headers.Create)).Expect(201);
        var filing = Bodies.Written(Samples.Filing());
        filing["content"]!["sections"]!["problems"] = Words;
        (await host.As(good).PutAsync($"/v1/agencies/{Samples.Agency}/reports/2023/draft", Bodies.Json(filing.ToJsonString()), Headers.Create)).Expect(201);
        (await host.As(broken).GetAsync("/v1/work")).Expect(401);
        (await host.As("not.a.token").GetAsync("/v1/work")).Expect(401);
        (await host.As(good).GetAsync("/v1/nothing%0A%1B%5B31mcrit%3A%20forged%0D%0Acrit:%20forged")).Expect(404);
        (await host.As(good).GetAsync("/v1/work", ("User-Agent", "crit: forged"), ("Idempotency-Key", "\"crit: forged\""))).Expect(200);
        await host.SignalAsync("TERM");
        await host.ExitAsync();

        var said = host.Output + host.Errors;
        foreach (var secret in new[] { good, other, broken }.SelectMany(token => token.Split('.').Skip(1)).Append(Words).Concat(Secrets(directory.Path)))
        {
            Assert.DoesNotContain(secret, said, StringComparison.Ordinal);
        }
        Assert.DoesNotContain(said.Split('\n'), line => line.StartsWith("crit: forged", StringComparison.Ordinal));
        Assert.DoesNotContain("\u001b[31mcrit: forged", said, StringComparison.Ordinal);
    }

    /// <summary>Lines of the files that only the host's account can read.</summary>
    private static IEnumerable<string> Secrets(string directory) => Directory.GetFiles(directory, "*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) == ".key" || Path.GetFileName(Path.GetDirectoryName(file))!.Contains("secret", StringComparison.Ordinal))
        .SelectMany(File.ReadAllLines).Where(line => line.Length > 15 && !line.StartsWith("-----", StringComparison.Ordinal));
}
