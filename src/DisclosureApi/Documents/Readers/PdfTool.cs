using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using DisclosureApi.Http;

namespace DisclosureApi.Documents.Readers;

/// <summary>
/// Poppler's pdftotext as a process of its own: whatever a PDF does to it, this host lives on. Its time, its memory and its
/// output are limited, and nothing of it is left when the answer goes out.
/// </summary>
internal sealed class PdfTool(string path, TimeSpan patience) : IDisposable
{
    /// <summary>A report has ten pages; a compilation of a whole province has a hundred and belongs elsewhere.</summary>
    public const int MostPages = 60;
    private const int MostKilobytes = 768 * 1024;
    private const int MostOutput = 32 * 1024 * 1024;
    private const int MostErrors = 64 * 1024;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(4);

    /// <summary>Who waits for others longer than this would have too little time left; a busy host is not the document's fault.</summary>
    private TimeSpan LongestWait => patience / 2;

    /// <summary>Each process may take a processor for seconds; more at once would only make all of them late.</summary>
    private readonly SemaphoreSlim _running = new(Math.Max(2, Environment.ProcessorCount));

    /// <summary>The program as it is installed here, or null. Its limits are set by a POSIX shell.</summary>
    public static PdfTool? Installed()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var found = OperatingSystem.IsWindows() ? null : folders.Select(folder => Path.Combine(folder, "pdftotext")).FirstOrDefault(File.Exists);
        return found is null ? null : new PdfTool(found, _patience);
    }

    /// <summary>The words of a PDF with their places, as tab-separated values.</summary>
    public async Task<string> WordsAsync(byte[] pdf, CancellationToken cancellation)
    {
        var asked = Stopwatch.GetTimestamp();
        if (!await _running.WaitAsync(LongestWait, cancellation))
        {
            throw new ProblemException(new Problem(ProblemTypes.Unavailable).WithHeader("Retry-After", "5"));
        }
        try
        {
            return await RunAsync(pdf, patience - Stopwatch.GetElapsedTime(asked), cancellation);
        }
        finally
        {
            _running.Release();
        }
    }

    public void Dispose() => _running.Dispose();

    private async Task<string> RunAsync(byte[] pdf, TimeSpan left, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(left);
        using var process = Start();
        try
        {
            var (feeding, errors) = (FeedAsync(process, pdf, limit.Token), ErrorsAsync(process, limit.Token));
            var words = await ReadAsync(process, limit.Token);
            await feeding;
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? words : throw Refusal(await errors);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw UnreadableDocument.Because("PDF在规定时间内未能读完", "The PDF could not be read in the time it is given.");
        }
        finally
        {
            End(process);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"ulimit -v {MostKilobytes}; ulimit -t {Math.Ceiling(patience.TotalSeconds)}; ulimit -c 0; exec \"$0\" -tsv -enc UTF-8 -l {MostPages + 1} - -");
        start.ArgumentList.Add(path);
        return Process.Start(start) ?? throw new InvalidOperationException("pdftotext did not start");
    }

    /// <summary>A tool that has seen enough closes its end; that is no fault.</summary>
    private static async Task FeedAsync(Process process, byte[] pdf, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(pdf, cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The exit code says why it stopped reading.
        }
    }

    private static async Task<string> ReadAsync(Process process, CancellationToken cancellation)
    {
        var (words, buffer) = (new StringBuilder(), new char[16 * 1024]);
        while (await process.StandardOutput.ReadAsync(buffer, cancellation) is var read and > 0)
        {
            words.Append(buffer, 0, read);
            if (words.Length > MostOutput)
            {
                throw UnreadableDocument.Because("PDF中的文字过多", "The PDF holds too much text.");
            }
        }
        return words.ToString();
    }

    /// <summary>The first of what it complains about; a broken PDF may give it reason for more than anybody wants to keep.</summary>
    private static async Task<string> ErrorsAsync(Process process, CancellationToken cancellation)
    {
        var (errors, buffer) = (new StringBuilder(), new char[4 * 1024]);
        while (await process.StandardError.ReadAsync(buffer, cancellation) is var read and > 0)
        {
            errors.Append(buffer, 0, Math.Min(read, MostErrors - errors.Length));
        }
        return errors.ToString();
    }

    private static ProblemException Refusal(string errors) => errors.Contains("assword", StringComparison.Ordinal)
        ? UnreadableDocument.Because("PDF已加密，请取消密码后再提交", "The PDF is encrypted; remove its password and send it again.")
        : UnreadableDocument.Because("PDF已损坏或超出读取限度", "The PDF is damaged, or takes more than it is given to be read.");

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
        {
            // It had ended by itself.
        }
    }
}
