using System.Globalization;
using System.Text.Json.Nodes;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Statistics;

/// <summary>Sums, shares, what is missing and the change from year to year, held against the files of all reports.</summary>
internal static class SumChecks
{
    private static readonly string[] _measures =
        ["applications.received", "applications.refused.deliberative", "disputes.litigation.pending", "proactive2021.fees.amount", "proactive2019.licensing.decisions", "proactive2021.licensing.decisions", "proactive2019.fees.change"];

    public static async Task CompareAsync(ServingHost host, Recomputation world, AskedScope scope, string column, Random random)
    {
        var (from, to) = (2019 + random.Next(6), 2019 + random.Next(6));
        (from, to) = (Math.Min(from, to), Math.Max(from, to));
        var by = AskedScope.AnyGrouping(random);
        var path = $"/v1/statistics?from={from}&to={to}&asOf={world.Position}&indicator={string.Join(',', Formulas.Shares.Keys)}&measure={string.Join(',', _measures)}{scope.Query}"
            + AskedScope.Given("applicantClass", column == "total" ? null : column) + AskedScope.Given("groupBy", by.Length == 0 ? null : string.Join(',', by));

        var answer = JsonNode.Parse(await host.GetAsync(path))!;

        Assert.Equal(world.LastPublicEvent, answer["asOf"]!["position"]!.GetValue<long>());
        Assert.Equal(await host.GetAsync(path), await host.GetAsync(answer["permalink"]!.ToString()));
        string Key(int year, Entry body) => $"{year}|{scope.KeyOf(body, by)}";
        var reports = world.Reports.Where(report => scope.Counts(report.Body)).ToLookup(report => Key(report.Year, report.Body));
        var due = Enumerable.Range(from, to - from + 1).SelectMany(year => world.Due(year).Where(scope.Counts).Select(body => Key(year, body))).ToLookup(key => key);
        var served = answer["groups"]!.AsArray().ToDictionary(group => string.Join('|', group!["year"], group["region"], group["level"], group["kind"], group["tree"]), group => group!);
        var told = reports.Select(group => group.Key).Where(key => int.Parse(key[..4], CultureInfo.InvariantCulture) is var year && year >= from && year <= to);
        Assert.Equal(told.Union(due.Select(group => group.Key)).Order(StringComparer.Ordinal), served.Keys.Order(StringComparer.Ordinal));
        Assert.All(served, group => AssertGroup(
            group.Value, [.. reports[group.Key]], [.. reports[$"{int.Parse(group.Key[..4], CultureInfo.InvariantCulture) - 1}{group.Key[4..]}"]], due[group.Key].Count(), column));
    }

    private static void AssertGroup(JsonNode group, List<Counted> reports, List<Counted> yearBefore, int due, string column)
    {
        Assert.Equal((reports.Count, due, due - reports.Count(report => report.IsOwed)), (Number(group, "reports"), Number(group, "due"), Number(group, "missing")));
        foreach (var figure in group["figures"]!.AsArray())
        {
            var code = figure!["code"]!.ToString();
            var (now, then) = (AskedFigures.Of(code, column, reports), AskedFigures.Of(code, column, yearBefore));
            Assert.Equal(now, figure["value"]?.GetValue<decimal>());
            Assert.Equal(now - then, figure["change"]?["difference"]?.GetValue<decimal>());
            if (Formulas.Shares.ContainsKey(code))
            {
                var parts = AskedFigures.Parts(code, column, reports);
                var denominator = parts.Sum(part => part.Denominator);
                Assert.Equal((parts.Sum(part => part.Numerator), denominator, parts.Count, reports.Count - parts.Count), (Number(figure, "numerator"), Number(figure, "denominator"), Number(figure, "assessed"), Number(figure, "notAssessable")));
                Assert.Equal(denominator < 30, figure["lowReliability"]!.GetValue<bool>());
            }
            else
            {
                Assert.Equal(AskedFigures.Values(code, column, reports).Count, Number(figure, "assessed"));
                Assert.Equal(then > 0 && now is { } value ? AskedFigures.Rounded((value - then.Value) / then.Value * 100) : null, figure["change"]?["percent"]?.GetValue<decimal>());
            }
        }
    }

    private static decimal Number(JsonNode? node, string name) => decimal.Parse(node![name]!.ToString(), CultureInfo.InvariantCulture);
}
