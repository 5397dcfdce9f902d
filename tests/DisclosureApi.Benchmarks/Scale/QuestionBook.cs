using System.Globalization;
using System.Text;
using Disclosure.Statistics;
using DisclosureApi.Generating;
using Npgsql;

namespace DisclosureApi.Benchmarks.Scale;

/// <summary>The questions that readers of a country's figures ask, drawn from what there is in a store.</summary>
/// <param name="Places">Region codes of all depths.</param>
/// <param name="Codes">Rules that reports were found to break, common and rare ones.</param>
/// <param name="Newest">The last position.</param>
internal sealed record QuestionBook(IReadOnlyList<string> Places, IReadOnlyList<int> Years, IReadOnlyList<string> Codes, long Newest, Random Random)
{
    /// <summary>The slowest but ten tell what all but one in a hundred wait for; of fewer questions it would be two or three, which the runtime's own compiler delays.</summary>
    private const int Times = 1_000;
    private const int First = 300;

    private static readonly string[] _levels = ["province", "prefecture", "county", "township"];
    private static readonly string[] _measures = [.. Measures.All.Select(measure => measure.Code)];
    private static readonly string[] _shares = [.. Indicators.All.Select(indicator => indicator.Code)];
    private static readonly string[] _words = ["政策解读", "办事指南", "专栏检索", "业务培训 图文", "云州市", "教育局", "人民政府办公室", "财政预决算", "税务局 第711号", "更名", "新闻发布 台账", "平关县水利局"];

    public static async Task<QuestionBook> OfAsync(NpgsqlDataSource owner) => new(
        await MadeUpCountry.ColumnAsync<string>(owner, "select distinct region from bodies where region <> '000000' order by region"),
        await MadeUpCountry.ColumnAsync<int>(owner, "select distinct year from figures order by year"),
        await MadeUpCountry.ColumnAsync<string>(owner, "select distinct code from finding_codes order by code"),
        await MadeUpCountry.ScalarAsync<long>(owner, "select max(seq_id) from mt_events"),
        new Random(Generation.MostYears));

    /// <summary>What keeps no figures of the country in memory.</summary>
    public IReadOnlyList<string> ToBegin() => Some(First, () => $"/v1/statistics?year={Year()}&region={Pick(Places)}&measure={Pick(_measures)}");

    /// <summary>Each in turn, so that what one leaves in memory is not there for the one before.</summary>
    public IEnumerable<Question> All()
    {
        var spread = Some(50, () => $"/v1/statistics/distribution?year={Year()}&{OneFigure()}").Distinct(StringComparer.Ordinal).ToList();
        var ranks = Some(30, () => $"/v1/statistics/ranking?year={Year()}&{OneFigure()}").Distinct(StringComparer.Ordinal).ToList();
        var ahead = $"/v1/statistics?from={Years[0]}&to={Years[^1]}";
        yield return new("national totals, the first of a host", null, false, [ahead]);
        yield return new("national totals of a year", 5, true, Some(Times, () => $"/v1/statistics?year={Year()}&measure={Pick(_measures)}"));
        yield return new("all usual figures of the country", null, true, Some(Times, () => $"/v1/statistics?year={Year()}"));
        yield return new("the same, of no year in particular", null, true, Some(Times, () => "/v1/statistics?measure=applications.received"));
        yield return new("sums and rates by year, region, level", 50, true, Some(Times, () => $"/v1/statistics?{Sums()}"));
        yield return new("figures of one place, the first time", 50, true, Some(Times, () => $"/v1/statistics?year={Year()}&region={Pick(Places)}&indicator={Pick(_shares)}"));
        yield return new("sums and rates as of a position", 500, false, Some(60, () => $"/v1/statistics?{Sums()}&asOf={Random.NextInt64(Newest / 20, Newest)}"));
        yield return new("national totals as of a position", 500, false, Some(30, () => $"/v1/statistics?year={Year()}&measure={Pick(_measures)}&asOf={Random.NextInt64(Newest / 20, Newest)}"));
        yield return new("distributions, cold", 300, false, spread);
        yield return new("distributions, cached", 20, false, spread);
        yield return new("rankings, cold", null, false, ranks);
        yield return new("rankings, cached", null, false, ranks);
        yield return new("distributions as of a position", 500, false, Some(20, () => $"/v1/statistics/distribution?year={Year()}&{OneFigure()}&asOf={Random.NextInt64(Newest / 20, Newest)}"));
        yield return new("timeliness of a year", null, true, Some(30, () => $"/v1/timeliness/{Year()}?groupBy=level"));
        foreach (var question in Lists())
        {
            yield return question;
        }
    }

    private IEnumerable<Question> Lists()
    {
        yield return new("a list's first page", 50, true, Some(Times, () => $"/v1/reports?limit=20{Filters()}"));
        yield return new("a list's page at any depth", 50, true, Some(Times, () => $"/v1/reports?limit=20{Filters()}&after={Cursor($"{Random.NextInt64(Newest)}")}"));
        yield return new("a list by finding, at any depth", 50, true, Some(Times, () => $"/v1/reports?limit=20&finding={Pick(Codes)}{Filters()}&after={Cursor($"{Random.NextInt64(Newest)}")}"));
        yield return new("a list as of a position, at any depth", 50, true, Some(Times, () => $"/v1/reports?limit=20{Filters()}&asOf={Random.NextInt64(Newest / 20, Newest)}&after={Cursor($"{Random.NextInt64(Newest)}")}"));
        yield return new("search, the first page", 50, true, Some(Times, () => $"/v1/search?limit=20&q={Uri.EscapeDataString(Pick(_words))}{Filters()}"));
        yield return new("search, a page at any depth", 50, true, Some(Times, () => $"/v1/search?limit=20&q={Uri.EscapeDataString(Pick(_words))}&after={Cursor($"1.{Random.NextInt64(Newest)}.0")}"));
    }

    private static List<string> Some(int times, Func<string> address) => [.. Enumerable.Range(0, times).Select(_ => address())];

    private T Pick<T>(IReadOnlyList<T> all) => all[Random.Next(all.Count)];

    private int Year() => Pick(Years);

    private string OneFigure() => Random.Next(2) == 0 ? $"measure={Pick(_measures)}" : $"indicator={Pick(_shares)}";

    /// <summary>A third asks for the country, a third by division.</summary>
    private string Sums()
    {
        var from = Year();
        var region = Random.Next(3) == 0 ? "" : $"&region={Pick(Places)}";
        var level = Random.Next(3) == 0 ? $"&level={Pick(_levels)}" : "";
        var by = Random.Next(3) switch { 0 => "&groupBy=region", 1 => "&groupBy=level,kind", _ => "" };
        return string.Create(CultureInfo.InvariantCulture, $"from={from}&to={Math.Min(Years[^1], from + Random.Next(3))}&indicator={Pick(_shares)}&measure={Pick(_measures)}{region}{level}{by}");
    }

    private string Filters() => Random.Next(5) switch
    {
        0 => "",
        1 => $"&year={Year()}",
        2 => $"&region={Pick(Places)}",
        3 => $"&year={Year()}&region={Pick(Places)}&level={Pick(_levels)}",
        _ => $"&level={Pick(_levels)}",
    };

    private static string Cursor(string key) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));
}
