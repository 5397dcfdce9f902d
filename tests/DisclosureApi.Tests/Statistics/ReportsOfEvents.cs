using System.Globalization;
using System.Text.Json.Nodes;

namespace DisclosureApi.Tests.Statistics;

/// <param name="First">Position of the first publication.</param>
/// <param name="On">The day of it.</param>
internal sealed record PublishedReport(string Agency, int Year, long First, DateOnly On, int Revision, string Status, string[] Codes);

/// <summary>Reports as the events up to a position tell of them, in the plainest way there is.</summary>
internal sealed class ReportsOfEvents
{
    private ReportsOfEvents(long position) => Position = position;

    public long Position { get; }

    /// <summary>The last entry of each body.</summary>
    public Dictionary<string, JsonNode> Bodies { get; } = [];

    public Dictionary<string, PublishedReport> Reports { get; } = [];

    /// <summary>Streams of what was ever submitted.</summary>
    public HashSet<string> Filed { get; } = [];

    public bool IsLate(PublishedReport report) => report.On > new DateOnly(report.Year + 1, Bodies[report.Agency]["kind"]!.ToString() == "government" ? 3 : 1, 31);

    public static async Task<ReportsOfEvents> AtAsync(TestDatabase database, long position)
    {
        var then = new ReportsOfEvents(position);
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
                    then.Reports[stream] = then.Reports.TryGetValue(stream, out var known)
                        ? known with { Revision = known.Revision + 1, Codes = codes }
                        : new PublishedReport(stream.Split('/')[1], int.Parse(stream.Split('/')[2], CultureInfo.InvariantCulture), at, on, 1, "published", codes);
                    break;
                case "report_withdrawn" or "report_reinstated":
                    then.Reports[stream] = then.Reports[stream] with { Status = type == "report_withdrawn" ? "withdrawn" : "published" };
                    break;
                case "report_submitted":
                    then.Filed.Add(stream);
                    break;
                case var _ when stream.StartsWith("agency/", StringComparison.Ordinal):
                    then.Bodies[stream["agency/".Length..]] = type == "agency_registered" ? data : data["agency"]!;
                    break;
                default:
                    continue;
            }
        }
        return then;
    }
}
