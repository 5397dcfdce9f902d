using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using DisclosureApi.Access;
using DisclosureApi.Store.Local;

namespace DisclosureApi.Tests.Host;

/// <summary>The program as people start it: a process of its own, at the head of its own process group. It is killed with the test.</summary>
internal sealed partial class HostProcess : IDisposable
{
    private static readonly TimeSpan _patience = Scale.Patience;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly Process _process;

    private HostProcess(string folder, IEnumerable<string> arguments)
    {
        var program = Path.Combine(folder, "DisclosureApi.dll");
        var start = new ProcessStartInfo("setsid", ["dotnet", program, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToList())
        {
            start.Environment.Remove(name);
        }
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _output);

    public string Errors => string.Join('\n', _errors);

    public int Number => _process.Id;

    public Uri Url { get; private set; } = null!;

    /// <summary>Starts the program with these words and nothing else.</summary>
    public static HostProcess Run(params string[] arguments) => RunFrom(AppContext.BaseDirectory, arguments);

    /// <summary>Starts the program that lies in this folder.</summary>
    private static HostProcess RunFrom(string folder, string[] arguments)
    {
        Assert.SkipUnless(Command.Find("setsid") is not null, "Only setsid puts the host at the head of a group that can be signalled.");
        return new HostProcess(folder, arguments);
    }

    /// <summary>Starts the host on a data directory and a free port, and waits until it is ready.</summary>
    public static Task<HostProcess> ServeAsync(string dataDirectory, params string[] more) => ServeFromAsync(AppContext.BaseDirectory, dataDirectory, more);

    /// <summary>The same with the program that lies in this folder.</summary>
    public static async Task<HostProcess> ServeFromAsync(string folder, string dataDirectory, params string[] more)
    {
        var host = RunFrom(folder, [.. Arguments(dataDirectory), .. more]);
        try
        {
            await host.UntilAsync(() => Serving().IsMatch(host.Output));
            host.Url = new Uri(Serving().Match(host.Output).Groups["url"].Value);
            await host.UntilAsync(async () => (await host.As(null).GetAsync("/health/ready")).Status == 200);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    public static string[] Arguments(string dataDirectory) => ["--urls=http://127.0.0.1:0", $"--LocalPostgres:DataDirectory={dataDirectory}"];

    public Client As(string? token)
    {
        var http = new HttpClient { BaseAddress = Url };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", token is null ? null : $"Bearer {token}");
        return new Client(http);
    }

    public static string Token(string dataDirectory, Role role, params string[] agencies)
    {
        using var issuer = EmbeddedIssuer.Open(dataDirectory);
        return issuer.Token(role, agencies, role.Name, "tests", "disclosure-api", DateTimeOffset.UtcNow);
    }

    public Task SignalAsync(string name) => SignalAsync(name, Number);

    /// <summary>As a terminal or an init system does it: the host and whatever else is in its group.</summary>
    public Task SignalGroupAsync(string name) => SignalAsync(name, -Number);

    public static async Task SignalAsync(string name, int number) =>
        Assert.True((await Command.RunAsync(["kill", $"-{name}", "--", $"{number}"], CancellationToken.None)).Succeeded);

    /// <summary>Waits for the program's end, of which nobody knows the hour.</summary>
    public async Task<int> ExitAsync()
    {
        using var patience = new CancellationTokenSource(_patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The program did not end. It said:\n{Output}\n{Errors}");
        }
        return _process.ExitCode;
    }

    public Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    /// <summary>Polls a condition until it holds; the test fails when the program ends before, or time is up.</summary>
    public async Task UntilAsync(Func<Task<bool>> holds)
    {
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.False(_process.HasExited, $"The program ended. It said:\n{Output}\n{Errors}");
            Assert.True(waited.Elapsed < _patience, $"Time is up. The program said:\n{Output}\n{Errors}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TestContext.Current.CancellationToken);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }
        _process.Dispose();
    }

    private static bool IsSetting(string name) =>
        name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase) || name.Contains("__", StringComparison.Ordinal) || name == "URLS";

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }

    [GeneratedRegex("serves (?<url>http://[^/]+)/v1", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Serving();
}
