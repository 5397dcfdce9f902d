using System.Diagnostics;
using Disclosure.Contents;
using Disclosure.Documents;
using Disclosure.Rules;
using DisclosureApi.Benchmarks.Measuring;

namespace DisclosureApi.Benchmarks.Core;

/// <summary>(d) Reading a document and judging a filing, on one core.</summary>
internal static class DocumentsPart
{
    public static Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkServer server, Plan plan)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "report-2023.txt"));
        var filing = Convert(text);
        return Task.FromResult<IReadOnlyList<Comparison>>(
        [
            Comparison.Figure("d", $"documents of {text.Length:#,0} characters read, one core", "per second", Rate(plan, () => Convert(text))),
            Comparison.Figure("d", "filings judged by all rules, one core", "per second", Rate(plan, () => RuleBook.Assess(new RuleInput(filing.Year!.Value, filing, Surroundings.Unknown)))),
        ]);
    }

    private static Filing Convert(string text) => ReportReader.Read(PlainText.Read(text)) is ReadResult.Report(var filing)
        ? filing
        : throw new InvalidOperationException("The example is no report any more.");

    private static double Rate(Plan plan, Func<object> work)
    {
        Repeat(plan.WarmUp, work);
        return Median.Of(Enumerable.Range(0, plan.Rounds).Select(_ => Repeat(plan.Each, work)).ToList());
    }

    private static double Repeat(TimeSpan duration, Func<object> work)
    {
        var clock = Stopwatch.StartNew();
        var done = 0;
        for (; clock.Elapsed < duration; done++)
        {
            GC.KeepAlive(work());
        }
        return done / clock.Elapsed.TotalSeconds;
    }
}
