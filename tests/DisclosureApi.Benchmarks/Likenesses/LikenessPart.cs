using System.Diagnostics;
using Disclosure.Prose;
using Disclosure.Reports;
using Disclosure.Rules.Likenesses;
using DisclosureApi.Benchmarks.Measuring;
using DisclosureApi.Store;
using DisclosureApi.Store.Following;
using DisclosureApi.Store.Judging;
using DisclosureApi.Store.Replicas;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DisclosureApi.Benchmarks.Likenesses;

/// <summary>(h) How fast and how surely a copy is found among 200,000 published reports of one year, which is harder than the same number over several.</summary>
internal static class LikenessPart
{
    private const int Reports = 200_000;
    private const int AtOnce = 5_000;
    private const int Asked = 1_000;
    private const int Year = 2023;
    private const double Alike = 0.90;
    private const string Copied = "00000000000000000X";

    public static async Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkServer server, Plan plan)
    {
        var database = await server.CreateDatabaseAsync("likenesses_ours");
        await using var owner = NpgsqlDataSource.Create(database.Owner);
        var prose = new WrittenProse(20260121);
        var texts = await FillAsync(owner, prose);
        await using var serving = Database.Open(database.Serving);
        // Nothing is followed, so that every question is asked of the database.
        using var follower = new Follower(new WholeDatabase(serving), TimeProvider.System, NullLogger<Follower>.Instance);
        using var index = new LikenessIndex(new ReadDatabase(serving, new WholeDatabase(serving), null, null), follower);
        var latencies = new List<double>();
        var (alike, recalled, unlike, wrong) = (0, 0, 0, 0);
        // The first hundred are for the caches.
        for (var i = 0; i < 100 + (2 * Asked); i++)
        {
            var source = i * 97 % texts.Count;
            var original = Words(texts[source]);
            var copy = Words(prose.Changed(texts[source], i % 2 == 0 ? 15 : 60));
            var clock = Stopwatch.GetTimestamp();
            var found = await index.FindAsync(new ReportId(Copied, Year), copy, CancellationToken.None);
            var told = found.Where(other => copy.To(other.Words) >= Alike).Select(other => other.Agency).ToList();
            if (i >= 100)
            {
                latencies.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
                (alike, recalled) = original.To(copy) >= Alike ? (alike + 1, recalled + (told.Contains(Agency(source)) ? 1 : 0)) : (alike, recalled);
                (unlike, wrong) = original.To(copy) < 0.8 ? (unlike + 1, wrong + (told.Count > 0 ? 1 : 0)) : (unlike, wrong);
            }
        }
        latencies.Sort();
        return
        [
            Comparison.Figure("h", $"a look for likes among {Reports:#,0} reports, p99", "ms", new Measured(double.NaN, latencies).P99, 10),
            Comparison.Figure("h", $"copies over 90 % alike not found, of {alike}", "per thousand", 1_000.0 * (alike - recalled) / alike, 10),
            Comparison.Figure("h", $"reports under 80 % alike told as copies, of {unlike}", "per thousand", 1_000.0 * wrong / unlike, 1),
        ];
    }

    /// <summary>Rows of the index as publications leave them.</summary>
    private static async Task<List<string>> FillAsync(NpgsqlDataSource owner, WrittenProse prose)
    {
        var texts = new List<string>(Reports);
        await using var connection = await owner.OpenConnectionAsync();
        while (texts.Count < Reports)
        {
            var first = texts.Count;
            texts.AddRange(Enumerable.Range(0, AtOnce).Select(_ => prose.Next()));
            var rows = Enumerable.Range(first, AtOnce).AsParallel().AsOrdered()
                .Select(number => LikenessIndex.Row(new ReportId(Agency(number), Year), 1, "某机关", WrittenProse.Content(texts[number]))).ToList();
            await using var copy = await connection.BeginBinaryImportAsync($"copy likenesses ({LikenessIndex.Table.ColumnNames}) from stdin (format binary)");
            foreach (var row in rows)
            {
                await copy.StartRowAsync();
                for (var i = 0; i < row.Values.Count; i++)
                {
                    await copy.WriteAsync(row.Values[i]!, LikenessIndex.Table.Columns[i].Type);
                }
            }
            await copy.CompleteAsync();
        }
        await using var command = new NpgsqlCommand(
            "insert into reports (agency, year, version, position, state, revision) select agency, year, 1, row_number() over (), 'published', 1 from likenesses", connection);
        await command.ExecuteNonQueryAsync();
        command.CommandText = "vacuum analyze likenesses, reports";
        await command.ExecuteNonQueryAsync();
        return texts;
    }

    private static Likeness Words(string text) => OwnWords.Of(WrittenProse.Content(text), "某机关");

    private static string Agency(int number) => $"{number:D18}";
}
