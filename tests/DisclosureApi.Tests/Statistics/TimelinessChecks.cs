using System.Text.Json.Nodes;
using Disclosure.Agencies;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Statistics;

/// <summary>Who owed a report, filed and published it and was late, held against the events.</summary>
internal static class TimelinessChecks
{
    public static async Task CompareAsync(ServingHost host, Recomputation world, ReportsOfEvents then, Random random)
    {
        var year = 2019 + random.Next(6);
        var scope = AskedScope.Any(random) with { Line = null };
        var by = AskedScope.AnyGrouping(random);
        var on = new DateOnly(year + 1, 1 + random.Next(4), 1 + random.Next(28));

        var answer = JsonNode.Parse(await host.GetAsync(
            $"/v1/timeliness/{year}?asOf={then.Position}&on={on:yyyy-MM-dd}{scope.Query}{AskedScope.Given("groupBy", by.Length == 0 ? null : string.Join(',', by))}"))!;

        var expected = world.Due(year).Where(scope.Holds).GroupBy(body => scope.KeyOf(body, by)).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key}: {string.Join(' ', Counts([.. group], year, on, then))}");
        Assert.Equal(expected, answer["groups"]!.AsArray().Select(Told).Order(StringComparer.Ordinal));
    }

    private static string Told(JsonNode? group) =>
        $"{string.Join('|', group!["region"], group["level"], group["kind"], group["tree"])}: "
        + string.Join(' ', new[] { "due", "filed", "published", "withdrawn", "onTime", "lateByRegulation", "lateByNotice", "missing", "notYetDue" }.Select(name => group[name]));

    private static int[] Counts(List<Entry> due, int year, DateOnly on, ReportsOfEvents then)
    {
        var bodies = due.Select(body => (Report: then.Reports.GetValueOrDefault($"report/{body.Code}/{year}"), IsFiled: then.Filed.Contains($"report/{body.Code}/{year}"), Kind: Of<AgencyKind>(body.Kind), Level: Of<AgencyLevel>(body.Level)))
            .Select(body => (body.Report, body.IsFiled, Day: Duty.Deadline(body.Kind, body.Level, year), Statutory: Duty.StatutoryDeadline(body.Kind, year))).ToList();
        return
        [
            due.Count,
            bodies.Count(body => body.IsFiled || body.Report is not null),
            bodies.Count(body => body.Report?.Status == "published"),
            bodies.Count(body => body.Report?.Status == "withdrawn"),
            bodies.Count(body => body.Report?.On <= body.Day),
            bodies.Count(body => body.Report?.On > body.Statutory),
            bodies.Count(body => body.Report?.On > body.Day),
            bodies.Count(body => body.Report is null && on > body.Day),
            bodies.Count(body => body.Report is null && on <= body.Day),
        ];
    }

    private static T Of<T>(string word)
        where T : struct, Enum => Enum.Parse<T>(word, ignoreCase: true);
}
