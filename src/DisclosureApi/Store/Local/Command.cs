using System.Diagnostics;

namespace DisclosureApi.Store.Local;

/// <summary>A program of the system, run to its end.</summary>
internal static class Command
{
    /// <summary>What a program said on both its outputs, and its exit code.</summary>
    internal sealed record Outcome(int ExitCode, string Said)
    {
        public bool Succeeded => ExitCode == 0;
    }

    /// <summary>Runs a program with this process's environment.</summary>
    public static Task<Outcome> RunAsync(IEnumerable<string> line, CancellationToken cancellation) =>
        RunAsync(Describe(line), cancellation);

    /// <summary>
    /// Runs a program of PostgreSQL. The host's environment may hold secrets and PG… variables, and a server keeps its
    /// environment readable for its account; so only what finds programs and libraries is passed on.
    /// </summary>
    public static Task<Outcome> RunBareAsync(IEnumerable<string> line, string folder, CancellationToken cancellation)
    {
        var start = Describe(line);
        start.WorkingDirectory = folder;
        if (!OperatingSystem.IsWindows())
        {
            start.Environment.Clear();
            foreach (var name in new[] { "PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH" })
            {
                start.Environment[name] = Environment.GetEnvironmentVariable(name);
            }
        }

        start.Environment["LC_ALL"] = "C";
        return RunAsync(start, cancellation);
    }

    /// <summary>A folder that every account may work in.</summary>
    public static string Root => Path.GetPathRoot(Environment.CurrentDirectory)!;

    /// <summary>The full path of a program on PATH, or null.</summary>
    public static string? Find(string program)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
        return SearchPath().SelectMany(folder => endings.Select(ending => Path.Combine(folder, program + ending))).FirstOrDefault(File.Exists);
    }

    /// <summary>The folders of PATH, and those of administration that PATH may lack.</summary>
    public static IEnumerable<string> SearchPath()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return OperatingSystem.IsWindows() ? path : path.Concat(["/usr/bin", "/bin", "/usr/sbin", "/sbin"]);
    }

    private static ProcessStartInfo Describe(IEnumerable<string> line)
    {
        var words = line.ToList();
        return new ProcessStartInfo(words[0], words.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    private static async Task<Outcome> RunAsync(ProcessStartInfo start, CancellationToken cancellation)
    {
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        process.StandardInput.Close();
        try
        {
            // A server that pg_ctl leaves behind on Windows holds on to the pipes, so their end is not waited for there.
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            if (OperatingSystem.IsWindows())
            {
                await Task.WhenAny(Task.WhenAll(output, errors), Task.Delay(TimeSpan.FromSeconds(1), cancellation));
            }

            return new Outcome(process.ExitCode, (await Ended(output) + await Ended(errors)).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static Task<string> Ended(Task<string> text) =>
        OperatingSystem.IsWindows() && !text.IsCompleted ? Task.FromResult("") : text;
}
