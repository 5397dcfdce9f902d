using System.Diagnostics;
using System.Text.Json;
using Disclosure.Documents;
using Disclosure.Formats;
using Disclosure.Rules;
using Disclosure.Tests;
using DisclosureApi.Documents.Readers;
using DisclosureApi.Http;

namespace DisclosureApi.Tests.Documents.Readers;

/// <summary>PDFs, read by poppler where it is installed.</summary>
public class PdfTests
{
    [Fact]
    public async Task Nearly_every_cell_of_the_real_ones_is_sure_and_none_is_wrong()
    {
        using var tool = Tool();
        foreach (var file in Directory.GetFiles(Repository.Shared("real"), "*.pdf"))
        {
            var source = await PdfDocument.ReadAsync(tool, await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
            var filing = Assert.IsType<ReadResult.Report>(ReportReader.Read(source)).Filing;
            using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(file, ".expected.json"), TestContext.Current.CancellationToken));
            var expected = json.RootElement.GetProperty("tables").EnumerateObject().SelectMany(table => table.Value.EnumerateObject().SelectMany(row => row.Value.EnumerateObject()
                .Select(column => (Address: new CellAddress(table.Name, row.Name, column.Name), Value: column.Value.GetDecimal())))).ToDictionary(cell => cell.Address, cell => cell.Value);

            Assert.All(filing.Content.Cells, cell => Assert.True(expected.TryGetValue(cell.Key, out var value) && value == cell.Value, $"{file} {cell.Key}: {cell.Value}"));
            Assert.True(filing.Content.Cells.Count >= 0.98 * expected.Count, $"{file}: {filing.Content.Cells.Count} of {expected.Count}");
            Assert.All(KnownFormats.TableKeys, table => Assert.Equal("", filing.Content.Section(table)));
        }
    }

    [Fact]
    public async Task The_figures_of_the_real_ones_get_the_findings_that_their_text_gets()
    {
        using var tool = Tool();
        foreach (var file in Directory.GetFiles(Repository.Shared("real"), "*.pdf"))
        {
            var source = await PdfDocument.ReadAsync(tool, await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
            var text = PlainText.Read(await File.ReadAllTextAsync(Path.ChangeExtension(file, ".lines.txt"), TestContext.Current.CancellationToken));

            Assert.Equal(OfFigures(text), OfFigures(source));
        }
    }

    private static List<string> OfFigures(SourceText source)
    {
        var filing = Assert.IsType<ReadResult.Report>(ReportReader.Read(source)).Filing;
        return [.. RuleBook.Assess(new RuleInput(filing.Year!.Value, filing, Surroundings.Unknown)).Findings
            .Where(finding => finding.Code is ['T', '2' or '3' or '4', '-', ..]).Select(finding => $"{finding.Code} {string.Join(' ', finding.Pointers)}").Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task A_tool_that_hangs_is_ended_and_its_processes_with_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The tool's limits are set by a POSIX shell.");
            return;
        }
        var folder = Directory.CreateTempSubdirectory("disclosure-pdf-");
        try
        {
            var script = Path.Combine(folder.FullName, "pdftotext");
            await File.WriteAllTextAsync(script, $"#!/bin/sh\necho $$ > {folder.FullName}/pid\nsleep 600\n", TestContext.Current.CancellationToken);
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using var tool = new PdfTool(script, TimeSpan.FromSeconds(2));

            var refused = await Assert.ThrowsAsync<ProblemException>(() => PdfDocument.ReadAsync(tool, "%PDF-1.4"u8.ToArray(), TestContext.Current.CancellationToken));

            Assert.Equal("unreadable-document", refused.Problem.Type.Code);
            var pid = int.Parse(await File.ReadAllTextAsync(Path.Combine(folder.FullName, "pid"), TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);
            Assert.Throws<ArgumentException>(() => Process.GetProcessById(pid));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Who_finds_every_tool_busy_is_asked_to_come_again_and_not_kept()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The tool's limits are set by a POSIX shell.");
            return;
        }
        var folder = Directory.CreateTempSubdirectory("disclosure-pdf-");
        try
        {
            var script = Path.Combine(folder.FullName, "pdftotext");
            await File.WriteAllTextAsync(script, "#!/bin/sh\nsleep 600\n", TestContext.Current.CancellationToken);
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using var tool = new PdfTool(script, TimeSpan.FromSeconds(2));
            var asked = Enumerable.Range(0, 3 * Math.Max(2, Environment.ProcessorCount))
                .Select(_ => Assert.ThrowsAsync<ProblemException>(() => PdfDocument.ReadAsync(tool, "%PDF-1.4"u8.ToArray(), TestContext.Current.CancellationToken))).ToList();

            var refused = await Task.WhenAll(asked);

            Assert.Equal(["unavailable", "unreadable-document"], refused.Select(problem => problem.Problem.Type.Code).Distinct().Order());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("no pdf at all")]
    [InlineData("%PDF-1.7\nbroken")]
    [InlineData("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj\ntrailer<</Root 1 0 R>>")]
    public async Task What_holds_no_text_is_refused_with_the_reason(string pdf)
    {
        using var tool = Tool();
        var refused = await Assert.ThrowsAsync<ProblemException>(() => PdfDocument.ReadAsync(tool, System.Text.Encoding.UTF8.GetBytes(pdf), TestContext.Current.CancellationToken));
        Assert.Equal("unreadable-document", refused.Problem.Type.Code);
    }

    private static PdfTool Tool()
    {
        Assert.SkipWhen(PdfTool.Installed() is null, "pdftotext (poppler-utils) is not installed here.");
        return PdfTool.Installed()!;
    }
}
