using System.Globalization;
using System.Text.Json.Nodes;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Statistics;

/// <summary>One report that counts, as its published bytes say.</summary>
internal sealed record Counted(int Year, Entry Body, bool IsOwed, JsonNode Tables, string Proactive)
{
    /// <summary>A cell of the report; null when it is not given.</summary>
    public decimal? Cell(string table, string row, string column) => Tables[table]?[row]?[column] is { } value ? value.GetValue<decimal>() : null;
}

/// <summary>A body as the register has it.</summary>
internal sealed record Entry(string Code, string Region, string Level, string Kind, string? Line, DateOnly From, DateOnly? To);

/// <summary>
/// Figures worked out from the files of all reports and the register's log alone, in the plainest way there is, to hold the
/// served ones against. The files are first held against the published bytes of all that stands.
/// </summary>
internal sealed class Recomputation
{
    private readonly List<(string Code, DateOnly Since, Entry Entry)> _periods = [];
    private readonly Dictionary<(string Code, int Year), bool?> _rulings = [];

    private Recomputation(long position) => Position = position;

    public long Position { get; }

    public List<Counted> Reports { get; } = [];

    public long LastPublicEvent { get; private set; }

    public static async Task<Recomputation> AtAsync(TestDatabase database, ServingHost host, long position)
    {
        var recomputed = new Recomputation(position);
        var bodies = await PlainEvent.PublicationsAsync(database, "body");
        var standing = new Dictionary<string, (JsonNode Body, bool IsPublic)>();
        foreach (var (at, _, stream, type, data) in await PlainEvent.UntilAsync(database, position))
        {
            switch (type)
            {
                case "report_published" or "report_archived":
                    standing[stream] = (bodies[at], true);
                    break;
                case "report_withdrawn" or "report_reinstated":
                    standing[stream] = standing[stream] with { IsPublic = type == "report_reinstated" };
                    break;
                case "duty_decided":
                    recomputed._rulings[(data["agency"]!["code"]!.ToString(), data["year"]!.GetValue<int>())] = data["owes"]?.GetValue<bool>();
                    break;
                case var _ when type.StartsWith("agency_", StringComparison.Ordinal):
                    recomputed.Register(type, data);
                    break;
                default:
                    continue;
            }
            recomputed.LastPublicEvent = at;
        }
        var exported = await ExportedAsync(host, position);
        Assert.Equal(
            standing.Values.Where(entry => entry.IsPublic).Select(entry => entry.Body.ToJsonString()).Order(StringComparer.Ordinal),
            exported.Select(body => body.ToJsonString()).Order(StringComparer.Ordinal));
        foreach (var body in exported)
        {
            var (code, year) = (body["agency"]!["code"]!.ToString(), body["year"]!.GetValue<int>());
            recomputed.Reports.Add(new Counted(year, recomputed.BodyIn(code, year), recomputed.Owes(code, year), body["content"]!["tables"]!, body["content"]!["forms"]!["proactive"]!.ToString()));
        }
        return recomputed;
    }

    private static async Task<List<JsonNode>> ExportedAsync(ServingHost host, long position)
    {
        var bodies = new List<JsonNode>();
        for (var year = 2019; year <= 2024; year++)
        {
            var lines = await host.GetAsync($"/v1/exports/{year}?asOf={position}&format=ndjson");
            bodies.AddRange(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!));
        }
        return bodies;
    }

    /// <summary>Every body that owes the report of the year.</summary>
    public IEnumerable<Entry> Due(int year) =>
        _periods.Select(period => period.Code).Distinct().Where(code => Owes(code, year)).Select(code => BodyIn(code, year));

    private bool Owes(string code, int year)
    {
        var entry = BodyIn(code, year);
        return (_rulings.TryGetValue((code, year), out var ruled) ? ruled : null) ?? (entry.From.Year <= year && (entry.To is null || entry.To.Value.Year >= year));
    }

    private Entry BodyIn(string code, int year) =>
        _periods.Where(period => period.Code == code && period.Since <= new DateOnly(year, 12, 31)).MaxBy(period => period.Since).Entry;

    private void Register(string type, JsonNode data)
    {
        var told = type == "agency_registered" ? data : data["agency"]!;
        var entry = new Entry(
            told["code"]!.ToString(), told["region"]!.ToString(), told["level"]!.ToString(), told["kind"]!.ToString(), told["line"]?.ToString(),
            DateOnly.Parse(told["validFrom"]!.ToString(), CultureInfo.InvariantCulture),
            told["validTo"] is { } last ? DateOnly.Parse(last.ToString(), CultureInfo.InvariantCulture) : null);
        var before = _periods.FindLastIndex(period => period.Code == entry.Code);
        if (type == "agency_renamed" || before < 0)
        {
            _periods.Add((entry.Code, before < 0 ? DateOnly.MinValue : DateOnly.Parse(data["on"]!.ToString(), CultureInfo.InvariantCulture), entry));
        }
        else
        {
            _periods[before] = _periods[before] with { Entry = entry };
        }
        // A body has one first day, whatever its name was.
        for (var i = 0; i < _periods.Count; i++)
        {
            _periods[i] = _periods[i].Code == entry.Code ? _periods[i] with { Entry = _periods[i].Entry with { From = entry.From } } : _periods[i];
        }
    }
}
