using System.Diagnostics;
using System.Text.RegularExpressions;
using Disclosure.Tests;
using DisclosureApi.Store.Local;

namespace DisclosureApi.Tests.Operations;

/// <summary>The restore that OPERATIONS.md tells is carried out, step by step as it stands there.</summary>
public sealed partial class RestoreDrillTests
{
    private const int NotHere = 3;

    private static string Script => Path.Combine(Repository.Root, "ops", "restore-drill.sh");

    [Fact]
    public async Task Nothing_acknowledged_before_the_chosen_moment_is_missing_and_the_ledger_verifies()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Command.Find("setsid") is not null, "The drill is written for Linux.");
        var start = new ProcessStartInfo("bash", [Script, AppContext.BaseDirectory]) { WorkingDirectory = Repository.Root, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var drill = Process.Start(start)!;
        var (output, errors) = (drill.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), drill.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await drill.WaitForExitAsync(TestContext.Current.CancellationToken);
        var said = await output + await errors;
        Assert.SkipWhen(drill.ExitCode == NotHere, said.Trim());

        Assert.True(drill.ExitCode == 0, said);
        Assert.Matches(@"All 20 acknowledged before .* are there, the 5 after it are gone, the ledger verifies as .*/epoch-2\.", said);
        Assert.DoesNotContain("FAULT", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_drill_carries_out_every_step_of_the_guide()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "openapi", "OPERATIONS.md"), TestContext.Current.CancellationToken);
        var script = await File.ReadAllTextAsync(Script, TestContext.Current.CancellationToken);

        var told = Step().Matches(guide).Select(match => match.Groups["part"].Value).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(told, Carried().Matches(script).Select(match => match.Groups["part"].Value).Distinct().Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("^```bash drill (?<part>[a-z]+) (postgres|operator)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Step();

    [GeneratedRegex("^part (?<part>[a-z]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Carried();
}
