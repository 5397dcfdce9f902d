using System.Diagnostics;
using System.Text;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Contract.Tools;

/// <summary>The tools of tests/contract, installed from their lock file once a run. Without npm, or without its registry, their tests are skipped and say so.</summary>
public sealed class NodeTools : IAsyncLifetime
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(4);

    public static string Directory { get; } = Path.Combine(Repository.Root, "tests", "contract");

    /// <summary>Why the tools cannot run here; null when they can.</summary>
    public string? Lacking { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var installed = Path.Combine(Directory, "node_modules", ".package-lock.json");
        if (File.Exists(installed) && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(Path.Combine(Directory, "package-lock.json")))
        {
            return;
        }
        try
        {
            var (code, told) = await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], []);
            Lacking = code == 0 ? null : $"npm could not install the contract's tools: {told}";
        }
        catch (Exception absent) when (absent is System.ComponentModel.Win32Exception or OperationCanceledException)
        {
            Lacking = $"the contract's tools need npm: {absent.Message}";
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Runs one of the installed tools to its end.</summary>
    public static Task<(int Code, string Told)> RunToolAsync(string tool, params string[] arguments) =>
        RunAsync(Path.Combine(Directory, "node_modules", ".bin", tool), arguments, []);

    public static async Task<(int Code, string Told)> RunAsync(string program, string[] arguments, (string Name, string Value)[] environment)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(_patience);
        using var process = Start(program, arguments, environment);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            var told = await output + await errors;
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, told);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    public static Process Start(string program, string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Directory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["REDOCLY_TELEMETRY"] = "off";
        start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }
}
