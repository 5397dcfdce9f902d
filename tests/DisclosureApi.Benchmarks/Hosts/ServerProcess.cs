using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace DisclosureApi.Benchmarks.Hosts;

/// <summary>A server in a process of its own, so that its processor time and its memory are not those of the clients who measure it.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    public Uri Url { get; private set; } = null!;

    /// <summary>User and system time spent so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory in MB, and the most it ever was.</summary>
    public (double Now, double Most) Memory
    {
        get
        {
            if (!OperatingSystem.IsLinux())
            {
                _process.Refresh();
                return (_process.WorkingSet64 / 1e6, _process.PeakWorkingSet64 / 1e6);
            }
            var status = File.ReadAllLines($"/proc/{_process.Id}/status");
            return (Kilobytes(status, "VmRSS:") / 1e3, Kilobytes(status, "VmHWM:") / 1e3);
        }
    }

    /// <summary>Starts a program of this output folder and waits until it says where it serves.</summary>
    /// <param name="environment">What others must not read on the command line.</param>
    public static async Task<ServerProcess> StartAsync(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        var server = new ServerProcess(Process.Start(start)!);
        try
        {
            server.Url = await server.ServedAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!OperatingSystem.IsWindows() && !_process.HasExited)
        {
            using var ending = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            using var patience = new CancellationTokenSource(Patience);
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
        _process.Dispose();
    }

    private async Task<Uri> ServedAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (Served().Match(line) is { Success: true } match)
            {
                // What it says later is read and thrown away, so that a full pipe does not stop it.
                _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new Uri(match.Groups["url"].Value);
            }
        }
        throw new InvalidOperationException("The server ended before it served.");
    }

    private static double Kilobytes(string[] status, string name) => double.Parse(
        status.Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    [GeneratedRegex("serves (?<url>http://[^/]+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Served();
}
