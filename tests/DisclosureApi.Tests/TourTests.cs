using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Disclosure.Tests;

namespace DisclosureApi.Tests;

/// <summary>Carries out the README's tour as a newcomer would: the same commands in a shell, against a host started from the build.</summary>
public sealed partial class TourTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task The_tour_of_the_README_leads_from_a_document_to_the_published_report()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The tour is written for a POSIX shell.");
        var directory = Directory.CreateTempSubdirectory("disclosure-tour-");
        try
        {
            using var host = Start("dotnet", Path.Combine(AppContext.BaseDirectory, "DisclosureApi.dll"), "--urls=http://127.0.0.1:0", directory.FullName);
            var url = await ServedAsync(host);
            var tour = string.Join('\n', Blocks().Select(block => block
                .Replace("API=http://localhost:5000", $"API={url}", StringComparison.Ordinal)
                .Replace("WORK=$(mktemp -d)", $"WORK={directory.FullName}", StringComparison.Ordinal)));
            using var shell = Start("bash", "-euc", tour, directory.FullName);
            var (output, errors) = (await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), await shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.True(shell.ExitCode == 0, output + errors);
            var steps = StateOf().Matches(output).Select(match => match.Groups["state"].Value);
            Assert.Equal(["draft", "submitted", "approved", "published", "draft", "draft"], steps);
            var report = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(directory.FullName, "report.json"), TestContext.Current.CancellationToken))!;
            Assert.Equal(23, report["content"]!["tables"]!["applications"]!["received"]!["total"]!.GetValue<int>());
            Assert.Equal("云州市桂山区工业和信息化局", report["agency"]!["name"]!.GetValue<string>());
            foreach (var (file, said) in new[] { ("changes.json", "六、其他需要报告的事项"), ("memento.json", "\"revision\":1"), ("trail.json", "\"state\":\"published\""), ("compilation.json", "\"counted\":1,\"missing\":0"), ("compilation.json", "年中划转事项补记"), ("events.ndjson", "report_published"), ("answered.json", "\"state\":\"answered\"") })
            {
                Assert.Contains(said, await File.ReadAllTextAsync(Path.Combine(directory.FullName, file), TestContext.Current.CancellationToken));
            }
            var batch = (await File.ReadAllLinesAsync(Path.Combine(directory.FullName, "batch.ndjson"), TestContext.Current.CancellationToken)).Select(line => JsonNode.Parse(line)!).ToList();
            Assert.Equal([200, 422], batch.Select(line => line["status"]!.GetValue<int>()));
            Assert.Equal(report["content"]!["tables"]!.ToJsonString(), batch[0]["filing"]!["content"]!["tables"]!.ToJsonString());
            Assert.Equal((byte)'P', (await File.ReadAllBytesAsync(Path.Combine(directory.FullName, "report.docx"), TestContext.Current.CancellationToken))[0]);
            // Ended in order, so that its PostgreSQL ends with it.
            using var ending = Process.Start("kill", ["-TERM", host.Id.ToString()]);
            await host.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, host.ExitCode);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static List<string> Blocks()
    {
        var blocks = TourBlock().Matches(File.ReadAllText(Path.Combine(Repository.Root, "README.md"))).Select(match => match.Groups["commands"].Value).ToList();
        Assert.NotEmpty(blocks);
        return blocks;
    }

    private static Process Start(string program, string first, string second, string dataDirectory)
    {
        var start = new ProcessStartInfo(program, [first, second])
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["LocalPostgres__DataDirectory"] = dataDirectory;
        return Process.Start(start)!;
    }

    /// <summary>Where the host says that it serves.</summary>
    private static async Task<string> ServedAsync(Process host)
    {
        using var patience = new CancellationTokenSource(Patience);
        var told = new StringBuilder();
        while (await host.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            told.AppendLine(line);
            if (Served().Match(line) is { Success: true } match)
            {
                return match.Groups["url"].Value;
            }
        }
        throw new InvalidOperationException($"The host ended: {told}{await host.StandardError.ReadToEndAsync(patience.Token)}");
    }

    [GeneratedRegex("```bash tour\n(?<commands>.*?)```", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TourBlock();

    [GeneratedRegex("serves (?<url>http://[^/]+)/v1", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Served();

    [GeneratedRegex("\"state\":\"(?<state>[a-zA-Z]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StateOf();
}
