using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Disclosure.Documents.Writing;
using Disclosure.Formats;
using Disclosure.Tests;
using DisclosureApi.Documents.Writers;

namespace DisclosureApi.Tests.Documents.Writers;

/// <summary>The programs that a civil servant has open and print the official document with every label and number of the form.</summary>
public sealed partial class OfficeProgramTests : IDisposable
{
    private const int First = 101;

    /// <summary>About a page has so many.</summary>
    private const int Lines = 24;

    /// <summary>A program that starts for the first time on a loaded machine takes its time; one that hangs takes for ever.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private static readonly List<Cell> _cells = [.. Format2021.Value.Tables.SelectMany(table => table.Cells)];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("disclosure-office-");

    [Fact]
    public async Task LibreOffice_opens_the_word_file()
    {
        Assert.SkipWhen(Find("soffice") is null, "LibreOffice (soffice) is not installed here.");
        await File.WriteAllBytesAsync(PathOf("report.docx"), WordFile.Render(Report()), TestContext.Current.CancellationToken);
        await RunAsync("soffice", "--headless", $"-env:UserInstallation={new Uri(PathOf("profile"))}", "--convert-to", "pdf", "--outdir", _folder.FullName, PathOf("report.docx"));
        await AssertPrintedAsync();
    }

    [Fact]
    public async Task Chromium_prints_the_page()
    {
        Assert.SkipWhen(Find("chromium") is null, "Chromium is not installed here.");
        await File.WriteAllTextAsync(PathOf("report.html"), HtmlRendering.Render(Report()), TestContext.Current.CancellationToken);
        await PrintAsync();
        await AssertPrintedAsync();
    }

    [Fact]
    public async Task Chromium_begins_no_table_below_its_caption_at_the_end_of_a_page()
    {
        Assert.SkipWhen(Find("chromium") is null, "Chromium is not installed here.");
        // Wherever on the page table 4 comes to stand.
        var reports = Enumerable.Range(0, Lines).Select(lines => HtmlRendering.Render(Report(string.Join('\n', Enumerable.Repeat("本年度工作有序开展。", lines + 1)))));
        await File.WriteAllTextAsync(PathOf("report.html"), string.Join("<div style=\"break-after:page\"></div>", reports), TestContext.Current.CancellationToken);
        await PrintAsync();
        var text = await RunAsync("pdftotext", "-raw", "-enc", "UTF-8", PathOf("report.pdf"), "-");
        var ends = text.Split('\f').Select(page => page.TrimEnd().Split('\n')[^1]).ToList();
        Assert.InRange(ends.Count, 2 * Lines, int.MaxValue);
        Assert.DoesNotContain(ends, line => Format2021.Value.Tables.Any(table => line.EndsWith(table.Caption, StringComparison.Ordinal)));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<string> PrintAsync() => RunAsync(
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", $"--user-data-dir={PathOf("profile")}", "--no-pdf-header-footer",
        $"--print-to-pdf={PathOf("report.pdf")}", new Uri(PathOf("report.html")).ToString());

    private static OfficialDocument Report(string? overview = null)
    {
        var content = overview is null ? Samples.Whole() : Samples.Whole().With("/sections/overview", overview);
        return ReportWriter.Document(
            _cells.Select((cell, i) => (cell.Address, Number: First + i)).Aggregate(content, (so, cell) => so.With(cell.Address, cell.Number)), Samples.AgencyName, 2023);
    }

    /// <summary>On A4, and nothing of the tables is missing. The text is taken as it was drawn, so that a label broken in its cell stays together.</summary>
    private async Task AssertPrintedAsync()
    {
        var text = await RunAsync("pdftotext", "-raw", "-enc", "UTF-8", PathOf("report.pdf"), "-");
        var bare = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        Assert.All(_cells.SelectMany(cell => new[] { cell.Row.Label, cell.Column.Label }).Distinct(), label => Assert.Contains(label, bare, StringComparison.Ordinal));
        var numbers = Number().Matches(text).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        Assert.All(Enumerable.Range(First, _cells.Count), number => Assert.Contains(number.ToString(CultureInfo.InvariantCulture), numbers));
        var pages = (await RunAsync("pdftotext", "-tsv", PathOf("report.pdf"), "-")).Split('\n').Where(line => line.StartsWith("1\t", StringComparison.Ordinal)).Select(line => line.Split('\t')).ToList();
        Assert.NotEmpty(pages);
        Assert.All(pages, page =>
        {
            Assert.InRange(Points(page[8]), 594, 596);
            Assert.InRange(Points(page[9]), 841, 843);
        });
    }

    private static double Points(string printed) => double.Parse(printed, CultureInfo.InvariantCulture);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        Assert.SkipWhen(Find(program) is null, $"{program} is not installed here.");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(_patience);
        using var process = Process.Start(new ProcessStartInfo(Find(program)!, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var (told, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, $"{program}: {process.ExitCode} {await errors}");
            return await told;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    [GeneratedRegex("[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Number();
}
