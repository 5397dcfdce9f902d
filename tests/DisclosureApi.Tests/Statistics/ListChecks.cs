using System.Globalization;
using System.Text.Json.Nodes;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Statistics;

/// <summary>The list of reports as it stands and stood, chosen by anything and read page by page, held against the events.</summary>
internal static class ListChecks
{
    public static async Task CompareAsync(ServingHost host, ReportsOfEvents then, bool isEnd, Random random)
    {
        for (var question = 0; question < 4; question++)
        {
            var scope = AskedScope.Any(random) with { Tree = null, Line = null };
            var code = random.Next(4) == 0 ? then.Bodies.Keys.ElementAt(random.Next(then.Bodies.Count)) : null;
            int? year = random.Next(3) == 0 ? 2019 + random.Next(6) : null;
            var (status, late, finding) = (Maybe("published", "withdrawn"), Maybe("true", "false"), Maybe(FigureWorld.Findings));
            var query = scope.Query + AskedScope.Given("agency", code) + AskedScope.Given("year", year?.ToString(CultureInfo.InvariantCulture)) + AskedScope.Given("status", status)
                + AskedScope.Given("late", late) + AskedScope.Given("finding", finding) + (isEnd && random.Next(2) == 0 ? "" : $"&asOf={then.Position}");
            var expected = then.Reports.Values.Where(report =>
                scope.Holds(then.EntryOf(report)) && (code ?? report.Agency) == report.Agency && (year ?? report.Year) == report.Year && (status ?? report.Status) == report.Status
                && (late is null || late == "true" == then.IsLate(report)) && (finding is null || (report.Status == "published" && report.Codes.Contains(finding))));

            Assert.Equal([.. expected.OrderBy(report => report.First).Select(report => Told(then, report))], (await host.ItemsAsync($"/v1/reports?limit={1 + random.Next(6)}{query}")).Select(Told));
        }

        string? Maybe(params string[] words) => random.Next(3) == 0 ? words[random.Next(words.Length)] : null;
    }

    private static string Told(JsonNode item) => string.Join(' ', item["agency"]!["code"], item["year"], item["revision"], item["status"], item["agency"]!["name"], item["late"]);

    private static string Told(ReportsOfEvents then, PublishedReport report) =>
        string.Join(' ', report.Agency, report.Year, report.Revision, report.Status, then.Bodies[report.Agency]["name"], then.IsLate(report) ? "true" : "false");
}
