using System.Globalization;
using System.Text.Json.Nodes;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Statistics;

/// <summary>The list of reports as it stands and stood, chosen by anything and read page by page, held against the events.</summary>
internal sealed class ListChecks
{
    private readonly Dictionary<string, JsonNode> _bodies = [];
    private readonly Dictionary<string, Listed> _reports = [];

    public static async Task CompareAsync(ServingHost host, TestDatabase database, long position, bool isEnd, Random random)
    {
        var then = new ListChecks();
        await then.ReadAsync(database, position);
        for (var question = 0; question < 4; question++)
        {
            var scope = AskedScope.Any(random) with { Tree = null, Line = null };
            var code = random.Next(4) == 0 ? then._bodies.Keys.ElementAt(random.Next(then._bodies.Count)) : null;
            int? year = random.Next(3) == 0 ? 2019 + random.Next(6) : null;
            var (status, late, finding) = (Maybe("published", "withdrawn"), Maybe("true", "false"), Maybe(FigureWorld.Findings));
            var query = scope.Query + AskedScope.Given("agency", code) + AskedScope.Given("year", year?.ToString(CultureInfo.InvariantCulture)) + AskedScope.Given("status", status)
                + AskedScope.Given("late", late) + AskedScope.Given("finding", finding) + (isEnd && random.Next(2) == 0 ? "" : $"&asOf={position}");
            var expected = then._reports.Values.Where(report =>
                then.IsIn(scope, report.Agency) && (code ?? report.Agency) == report.Agency && (year ?? report.Year) == report.Year && (status ?? report.Status) == report.Status
                && (late is null || late == "true" == then.IsLate(report)) && (finding is null || (report.Status == "published" && report.Codes.Contains(finding))));

            Assert.Equal([.. expected.OrderBy(report => report.First).Select(then.Told)], await WalkAsync(host, $"/v1/reports?limit={1 + random.Next(6)}{query}"));
        }

        string? Maybe(params string[] words) => random.Next(3) == 0 ? words[random.Next(words.Length)] : null;
    }

    private static async Task<List<string>> WalkAsync(ServingHost host, string first)
    {
        var met = new List<string>();
        for (string? address = first; address is not null;)
        {
            var page = JsonNode.Parse(await host.GetAsync(address))!;
            met.AddRange(page["items"]!.AsArray().Select(item => string.Join(' ', item!["agency"]!["code"], item["year"], item["revision"], item["status"], item["agency"]!["name"], item["late"])));
            address = page["next"]?.ToString();
        }
        return met;
    }

    private string Told(Listed report) =>
        string.Join(' ', report.Agency, report.Year, report.Revision, report.Status, _bodies[report.Agency]["name"], IsLate(report) ? "true" : "false");

    private bool IsIn(AskedScope scope, string code)
    {
        var body = _bodies[code];
        var (region, level, kind) = (body["region"]!.ToString(), body["level"]!.ToString(), body["kind"]!.ToString());
        return (scope with { Kind = kind }).Holds(new Entry(code, region, level, kind, null, default, null)) && (scope.Kind ?? kind) == kind;
    }

    private bool IsLate(Listed report) => report.On > new DateOnly(report.Year + 1, _bodies[report.Agency]["kind"]!.ToString() == "government" ? 3 : 1, 31);

    private async Task ReadAsync(TestDatabase database, long position)
    {
        var findings = (await database.TextsAsync("select position || ' ' || convert_from(findings, 'UTF8') from publications"))
            .ToDictionary(line => long.Parse(line[..line.IndexOf(' ')], CultureInfo.InvariantCulture), line => JsonNode.Parse(line[line.IndexOf(' ')..])!["findings"]!.AsArray());
        foreach (var line in await database.TextsAsync(
            $"""
            select jsonb_build_object('at', seq_id, 'on', (timestamp at time zone 'Asia/Shanghai')::date, 'stream', stream_id, 'type', type, 'data', data)::text
            from mt_events where seq_id <= {position} order by seq_id
            """))
        {
            var happened = JsonNode.Parse(line)!;
            var (at, stream, type, data) = (happened["at"]!.GetValue<long>(), happened["stream"]!.ToString(), happened["type"]!.ToString(), happened["data"]!);
            switch (type)
            {
                case "report_published" or "report_archived":
                    var on = DateOnly.Parse((data["publishedOn"] ?? happened["on"])!.ToString(), CultureInfo.InvariantCulture);
                    string[] codes = [.. findings[at].Select(finding => finding!["code"]!.ToString())];
                    _reports[stream] = _reports.TryGetValue(stream, out var known)
                        ? known with { Revision = known.Revision + 1, Codes = codes }
                        : new Listed(stream.Split('/')[1], int.Parse(stream.Split('/')[2], CultureInfo.InvariantCulture), at, on, 1, "published", codes);
                    break;
                case "report_withdrawn" or "report_reinstated":
                    _reports[stream] = _reports[stream] with { Status = type == "report_withdrawn" ? "withdrawn" : "published" };
                    break;
                case var _ when stream.StartsWith("agency/", StringComparison.Ordinal):
                    _bodies[stream["agency/".Length..]] = type == "agency_registered" ? data : data["agency"]!;
                    break;
                default:
                    continue;
            }
        }
    }

    private sealed record Listed(string Agency, int Year, long First, DateOnly On, int Revision, string Status, string[] Codes);
}
