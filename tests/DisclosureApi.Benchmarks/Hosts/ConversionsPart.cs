using System.Net.Http.Headers;
using System.Text;
using Disclosure.Documents.Writing;
using Disclosure.Tests;
using DisclosureApi.Benchmarks.Measuring;
using DisclosureApi.Documents.Readers;
using DisclosureApi.Documents.Writers;
using DisclosureApi.Tests.Documents.Readers;

namespace DisclosureApi.Benchmarks.Hosts;

/// <summary>(p) One report as each kind of document, sent to a host of its own: how many are converted, and what memory that takes at most.</summary>
internal static class ConversionsPart
{
    private const int Clients = 2;

    public static async Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkServer server, Plan plan)
    {
        var results = new List<Comparison>();
        foreach (var (kind, mediaType, bytes) in Documents())
        {
            await using var host = await BenchmarkHost.StartAsync(server, $"conversions_{kind.ToLowerInvariant()}");
            Task<Measured> RunAsync(TimeSpan duration) =>
                ClosedLoop.RunAsync(Clients, duration, _ => Task.FromResult<IClient>(new Sender(host.As(null), mediaType, bytes)));

            await RunAsync(plan.WarmUp);
            var before = host.Process.ProcessorTime;
            var rounds = new List<Measured>();
            for (var number = 0; number < plan.Rounds; number++)
            {
                rounds.Add(await RunAsync(plan.Each));
            }
            var spent = (host.Process.ProcessorTime - before).TotalMilliseconds / rounds.Sum(round => round.Latencies.Count);
            results.Add(Comparison.Figure("p", $"{kind} of {bytes.Length:#,0} bytes converted, {Clients} clients", "per second", Median.Of(rounds.Select(round => round.PerSecond))));
            results.Add(Comparison.Figure("p", $"{kind}, 99 of 100 within", "ms", Median.Of(rounds.Select(round => round.P99))));
            results.Add(Comparison.Figure("p", $"{kind}, the host's processor time", "ms each", spent));
            results.Add(Comparison.Figure("p", $"{kind}, the host's memory at most", "MB", host.Process.Memory.Most));
        }
        return results;
    }

    private static IEnumerable<(string Kind, string MediaType, byte[] Bytes)> Documents()
    {
        var document = ReportWriter.Document(Samples.Whole(), Samples.AgencyName, BenchmarkHost.Year);
        var text = TextRendering.Render(document);
        yield return ("Text", "text/plain", Encoding.UTF8.GetBytes(text));
        yield return ("HTML", "text/html", Encoding.UTF8.GetBytes(HtmlRendering.Render(document)));
        yield return ("DOCX", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", WordFile.Render(document));
        if (PdfTool.Installed() is { } tool)
        {
            tool.Dispose();
            yield return ("PDF", "application/pdf", MadeUpPdf.Of(text.Split('\n')));
        }
        else
        {
            Console.Error.WriteLine("pdftotext (poppler-utils) is not installed: PDF is not measured.");
        }
    }

    private sealed class Sender(HttpClient http, string mediaType, byte[] bytes) : IClient
    {
        public async Task StepAsync()
        {
            using var body = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
            using var response = await http.PostAsync(new Uri("/v1/conversions", UriKind.Relative), body);
            await response.EnsureSuccessStatusCode().Content.CopyToAsync(Stream.Null);
        }

        public ValueTask DisposeAsync()
        {
            http.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
