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

    /// <summary>The kinds of each body, with the day from which it went by the name that it had as such.</summary>
    private readonly Dictionary<string, List<(DateOnly Since, string Kind)>> _kinds = [];

    /// <summary>By what the body was at the end of the year.</summary>
    public bool IsLate(PublishedReport report)
    {
        var kind = _kinds[report.Agency].Last(period => period.Since <= new DateOnly(report.Year, 12, 31)).Kind;
        return report.On > new DateOnly(report.Year + 1, kind == "government" ? 3 : 1, 31);
    }

    /// <summary>The body of a report, as far as lists choose by it.</summary>
    public Entry EntryOf(PublishedReport report)
    {
        var body = Bodies[report.Agency];
        return new Entry(report.Agency, body["region"]!.ToString(), body["level"]!.ToString(), body["kind"]!.ToString(), null, default, null);
    }

    /// <param name="renamed">The first day of a new name.</param>
    private void Learn(string body, DateOnly? renamed)
    {
        var kind = Bodies[body]["kind"]!.ToString();
        if (!_kinds.TryGetValue(body, out var kinds))
        {
            _kinds[body] = [(DateOnly.MinValue, kind)];
        }
        else if (renamed is { } on)
        {
            kinds.Add((on, kind));
        }
        else
        {
            kinds[^1] = kinds[^1] with { Kind = kind };
        }
    }

    public static async Task<ReportsOfEvents> AtAsync(TestDatabase database, long position)
    {
        var then = new ReportsOfEvents(position);
        var assessments = await PlainEvent.PublicationsAsync(database, "findings");
        foreach (var (at, day, stream, type, data) in await PlainEvent.UntilAsync(database, position))
        {
            switch (type)
            {
                case "report_published" or "report_archived":
                    var on = data["publishedOn"] is { } told ? DateOnly.Parse(told.ToString(), CultureInfo.InvariantCulture) : day;
                    string[] codes = [.. assessments[at]["findings"]!.AsArray().Select(finding => finding!["code"]!.ToString())];
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
                    then.Learn(stream["agency/".Length..], type == "agency_renamed" ? DateOnly.Parse(data["on"]!.ToString(), CultureInfo.InvariantCulture) : null);
                    break;
                default:
                    continue;
            }
        }
        return then;
    }
}
