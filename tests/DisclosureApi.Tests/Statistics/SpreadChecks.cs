using System.Text.Json.Nodes;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Statistics;

/// <summary>Distributions and rankings of bodies and regions, held against the files of all reports.</summary>
internal static class SpreadChecks
{
    private static readonly string[] _measures = ["applications.received", "applications.granted", "disputes.litigation.pending", "proactive2021.fees.amount", "proactive2019.fees.change"];

    public static async Task CompareAsync(ServingHost host, Recomputation world, AskedScope scope, string column, Random random)
    {
        if (scope is { Kind: "government", Level: null })
        {
            return;
        }
        var isShare = random.Next(2) == 0;
        var code = isShare ? Formulas.Shares.Keys.ElementAt(random.Next(Formulas.Shares.Count)) : _measures[random.Next(_measures.Length)];
        var year = 2019 + random.Next(6);
        var asked = $"?year={year}&asOf={world.Position}&{(isShare ? "indicator" : "measure")}={code}{scope.Query}{AskedScope.Given("applicantClass", column == "total" ? null : column)}";
        var reports = world.Reports.Where(report => report.Year == year && scope.Counts(report.Body)).ToList();
        var missing = world.Due(year).Count(scope.Counts) - reports.Count(report => report.IsOwed);
        var each = AskedFigures.Each(code, column, reports);
        var assessable = isShare ? AskedFigures.Parts(code, column, reports).Count : each.Count;

        AssertSpread(JsonNode.Parse(await host.GetAsync($"/v1/statistics/distribution{asked}"))!, reports.Count, missing, assessable, each);
        AssertRanking(JsonNode.Parse(await host.GetAsync($"/v1/statistics/ranking{asked}&top=500&order=rising"))!, missing, reports.Count - assessable, assessable, each);
        // What belongs to the place itself is none of those below it.
        var regions = reports.GroupBy(report => scope.Below(report.Body.Region)).Where(group => group.Key != scope.Region)
            .Select(group => (Region: group.Key, Value: AskedFigures.Of(code, column, [.. group]), IsOfFew: isShare && AskedFigures.Parts(code, column, group).Sum(part => part.Denominator) < 30))
            .Where(group => group.Value is not null && !group.IsOfFew).ToList();
        var ranked = JsonNode.Parse(await host.GetAsync($"/v1/statistics/ranking{asked}&top=500&rank=region"))!["items"]!.AsArray();
        Assert.Equal(regions.Select(group => group.Region).Order(StringComparer.Ordinal), ranked.Select(item => item!["region"]!.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(regions.Select(group => group.Value).OrderDescending(), ranked.Select(item => (decimal?)item!["value"]!.GetValue<decimal>()));
    }

    private static void AssertSpread(JsonNode spread, int reports, int missing, int assessable, List<(Counted Report, decimal Value, bool IsOfFew)> each)
    {
        Assert.Equal(
            (reports, missing, reports - assessable, assessable - each.Count, each.Count, each.Count(one => one.IsOfFew)),
            (Number("reports"), Number("missing"), Number("notAssessable"), Number("overZero"), Number("assessed"), Number("lowReliability")));
        var values = each.ConvertAll(one => one.Value);
        values.Sort();
        foreach (var (name, part, of) in new[] { ("minimum", 0, 4), ("lowerQuartile", 1, 4), ("median", 2, 4), ("upperQuartile", 3, 4), ("maximum", 4, 4) })
        {
            Assert.Equal(Quantile(values, part, of), spread[name]?.GetValue<decimal>());
        }
        Assert.Equal(Enumerable.Range(1, 9).Select(decile => Quantile(values, decile, 10)), spread["deciles"]!.AsArray().Select(value => value?.GetValue<decimal>()));

        int Number(string name) => spread[name]!.GetValue<int>();
    }

    private static void AssertRanking(JsonNode ranking, int missing, int notAssessable, int assessable, List<(Counted Report, decimal Value, bool IsOfFew)> each)
    {
        var ranked = each.Where(one => !one.IsOfFew).OrderBy(one => one.Value).ThenBy(one => one.Report.Body.Region, StringComparer.Ordinal).ThenBy(one => one.Report.Body.Code, StringComparer.Ordinal).ToList();
        var items = ranking["items"]!.AsArray();
        Assert.Equal(ranked.Select(one => one.Report.Body.Code), items.Select(item => item!["agency"]!.ToString()));
        Assert.Equal(ranked.Select(one => 1 + ranked.Count(other => other.Value < one.Value)), items.Select(item => item!["rank"]!.GetValue<int>()));
        var unranked = ranking["unranked"]!;
        Assert.Equal(
            (missing, notAssessable, assessable - each.Count, each.Count - ranked.Count),
            (unranked["missing"]!.GetValue<int>(), unranked["notAssessable"]!.GetValue<int>(), unranked["overZero"]!.GetValue<int>(), unranked["lowReliability"]!.GetValue<int>()));
    }

    /// <summary>Between the two nearest, in the share that the place lies between them.</summary>
    private static decimal? Quantile(List<decimal> sorted, int part, int of)
    {
        if (sorted.Count == 0)
        {
            return null;
        }
        var (whole, rest) = Math.DivRem((sorted.Count - 1) * part, of);
        return AskedFigures.Rounded(rest == 0 ? sorted[whole] : sorted[whole] + (sorted[whole + 1] - sorted[whole]) * rest / of);
    }
}
