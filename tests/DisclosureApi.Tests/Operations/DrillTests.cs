using System.Diagnostics;
using System.Text.RegularExpressions;
using Disclosure.Tests;
using DisclosureApi.Store.Local;

namespace DisclosureApi.Tests.Operations;

/// <summary>The restore and the failover that OPERATIONS.md tells are carried out, step by step as they stand there.</summary>
public sealed partial class DrillTests
{
    private const int NotHere = 3;

    private static readonly string[] _drills = ["restore-drill.sh", "failover-drill.sh"];

    [Fact]
    public async Task Nothing_acknowledged_before_the_chosen_moment_is_missing_and_the_ledger_verifies() =>
        Assert.Matches(@"All 20 acknowledged before .* are there, the 5 after it are gone, the ledger verifies as .*/epoch-2\.", await RunAsync("restore-drill.sh"));

    [Fact]
    public async Task Readings_and_then_writes_go_on_when_the_primary_falls_and_nothing_acknowledged_is_missing() =>
        Assert.Matches("all 34 acknowledged are there, the ledger verifies", await RunAsync("failover-drill.sh"));

    private static string Script(string name) => Path.Combine(Repository.Root, "ops", name);

    private static async Task<string> RunAsync(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Command.Find("setsid") is not null, "The drill is written for Linux.");
        var start = new ProcessStartInfo("bash", [Script(name), AppContext.BaseDirectory]) { WorkingDirectory = Repository.Root, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var drill = Process.Start(start)!;
        var (output, errors) = (drill.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), drill.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await drill.WaitForExitAsync(TestContext.Current.CancellationToken);
        var said = await output + await errors;
        Assert.SkipWhen(drill.ExitCode == NotHere, said.Trim());

        Assert.True(drill.ExitCode == 0, said);
        Assert.DoesNotContain("FAULT", said, StringComparison.Ordinal);
        return said;
    }

    [Fact]
    public async Task The_drills_carry_out_every_step_of_the_guide()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "openapi", "OPERATIONS.md"), TestContext.Current.CancellationToken);
        var scripts = string.Concat(await Task.WhenAll(_drills.Select(name => File.ReadAllTextAsync(Script(name), TestContext.Current.CancellationToken))));

        var told = Step().Matches(guide).Select(match => match.Groups["part"].Value).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(told, Carried().Matches(scripts).Select(match => match.Groups["part"].Value).Distinct().Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("^```bash drill (?<part>[a-z]+) (postgres|operator)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Step();

    [GeneratedRegex("^part (?<part>[a-z]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Carried();
}
