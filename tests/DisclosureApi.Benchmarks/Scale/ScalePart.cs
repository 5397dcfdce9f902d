using System.Diagnostics;
using System.Net;
using DisclosureApi.Benchmarks.Hosts;
using DisclosureApi.Benchmarks.Measuring;
using Npgsql;

namespace DisclosureApi.Benchmarks.Scale;

/// <summary>(s) What readers of a whole country wait for, and whether ten times as many reports let them wait longer.</summary>
internal static class ScalePart
{
    private const double MostDearer = 2;
    private const double Megabytes = 300;

    public static async Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkServer server, Plan plan)
    {
        var (small, _) = await AnswersAsync(server, plan.Reports / 10);
        var (large, others) = await AnswersAsync(server, plan.Reports);
        var results = new List<Comparison>();
        foreach (var (question, measured) in large)
        {
            results.Add(Comparison.Figure("s", $"{question.What}, p50", "ms", measured.P50));
            results.Add(Comparison.Figure("s", $"{question.What}, p99", "ms", measured.P99, question.Limit));
            if (question.IsFlat)
            {
                var before = small.Single(other => other.Question.What == question.What).Measured;
                results.Add(Comparison.Of("s", $"{question.What}, p50", $"{plan.Reports / 10:#,0} reports", "ms", [(measured.P50, before.P50)], Wanted.AtMost(MostDearer)));
            }
        }
        return [.. results, .. others];
    }

    private static async Task<(List<(Question Question, Measured Measured)> Answers, List<Comparison> Others)> AnswersAsync(BenchmarkServer server, int reports)
    {
        await using var host = await BenchmarkHost.StartAsync(server, $"scale_{reports}", database => MadeUpCountry.FillAsync(database, reports));
        await using var owner = NpgsqlDataSource.Create(host.Database.Owner);
        await host.LedgerAsync(await MadeUpCountry.ScalarAsync<long>(owner, "select max(seq_id) from mt_events"));
        await host.RechecksAsync(await MadeUpCountry.ScalarAsync<long>(owner, "select max(from_position) from figures"));
        await server.CheckpointAsync();
        using var http = host.As(null);
        var answers = new List<(Question, Measured)>();
        var book = await QuestionBook.OfAsync(owner);
        // A host that has only just started compiles its program first, whatever the size of the store.
        await AskAsync(http, book.ToBegin());
        foreach (var question in book.All())
        {
            var measured = await AskAsync(http, question.Addresses);
            Console.Error.WriteLine($"{reports,9:#,0} {question.What}: p50 {measured.P50:0.0} ms, p99 {measured.P99:0.0} ms, {host.Process.Memory.Most:0} MB");
            answers.Add((question, measured));
        }
        var published = await PublishAsync(host, http, owner);
        return (answers,
        [
            Comparison.Figure("s", "a publication stands in the sums after", "ms", published, 1_000),
            Comparison.Figure("s", "the most memory of the host", "MB", host.Process.Memory.Most, Megabytes),
            Comparison.Figure("s", "reports that are public", "", await MadeUpCountry.ScalarAsync<long>(owner, "select count(*) from figures where to_position is null")),
        ]);
    }

    private static async Task<Measured> AskAsync(HttpClient http, IReadOnlyList<string> addresses)
    {
        var (latencies, all) = (new List<double>(addresses.Count), Stopwatch.GetTimestamp());
        foreach (var address in addresses)
        {
            var asked = Stopwatch.GetTimestamp();
            using var answer = await http.GetAsync(new Uri(address, UriKind.Relative));
            // Who is told to come again later has waited for nothing.
            latencies.Add(answer.StatusCode == HttpStatusCode.ServiceUnavailable ? double.PositiveInfinity : Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            if (!answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                throw new InvalidOperationException($"{address}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            }
        }
        return new Measured(addresses.Count / Stopwatch.GetElapsedTime(all).TotalSeconds, [.. latencies.Order()]);
    }

    /// <summary>From the answer that a report is public until the country's sum has it.</summary>
    private static async Task<double> PublishAsync(BenchmarkHost host, HttpClient http, NpgsqlDataSource owner)
    {
        var sums = new Uri($"/v1/statistics?year={BenchmarkHost.Year}&measure=applications.received", UriKind.Relative);
        var number = 1 + (int)await MadeUpCountry.ScalarAsync<long>(owner, "select count(*) from agencies");
        var code = await host.RegisterAsync(number);
        var before = await http.GetStringAsync(sums);
        var figures = before[before.IndexOf("\"groups\"", StringComparison.Ordinal)..];
        await host.PublishAsync(code);
        var clock = Stopwatch.GetTimestamp();
        while ((await http.GetStringAsync(sums)).EndsWith(figures, StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }
        return Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
    }
}
