using DisclosureApi.Store.Replicas;
using System.Globalization;
using System.Text.Json;
using DisclosureApi.Http;

namespace DisclosureApi.Statistics.Timeliness;

/// <summary>GET /v1/timeliness/{year}: who owed a year's report, who filed and published it, who was late and whose step it was.</summary>
internal static class GetTimeliness
{
    private static readonly string[] _parameters = [.. StatisticsQuery.ScopeParameters.Except(["line"]), "groupBy", "on", AsOf.Parameter, "format"];

    public static readonly OperationContract Contract = new("get_timeliness", "Statistics", "See who was in time with a year's report")
    {
        Description =
            "Counts of the bodies that owe the report by the duty roster. Days are Shanghai's: by publishedOn where a report was published elsewhere before, else by the publication here. "
            + "lateByRegulation counts what came after 31 January, for governments after 31 March (条例, article 49); lateByNotice what came after the day of the notice (departments, offices and townships "
            + "31 January; compiled reports of counties 20 February, of prefectures 10 March, of provinces and above 31 March); lateLocally what came after an earlier day that a supervising office set. "
            + "missing are those that have published nothing although the notice's day is over on the day asked for (on; when left out that of asOf, else today; what was public by an earlier day is told by asOf, not by on). lateAtStep tells, of those late or missing, whose step it was at "
            + "the end of that day: the agency's, its supervisor's, or either's, who both may publish what is approved.",
        Filters = _parameters,
        Answers =
        [
            new(200, "Timeliness", "The counts") { Headers = ["ETag"], Texts = [Body.CsvType] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
        Problems = [400, 404],
        Refusals = [ProblemTypes.ImpossibleQuery],
    };

    public static async Task<IResult> HandleAsync(int year, HttpRequest request, ReadDatabase database, Deliveries deliveries, TimeProvider clock, CancellationToken cancellation)
    {
        if (!FilingBody.IsReportYear(year) || year >= DateOnly.MaxValue.Year)
        {
            return new Problem(ProblemTypes.NotFound);
        }
        var by = Filter.Several(request, "groupBy", StatisticsQuery.Groupings.Count, StatisticsQuery.Groupings) ?? [];
        var grouping = new Grouping(by.Contains("region"), by.Contains("level"), by.Contains("kind"), by.Contains("tree"));
        // Who is in time can be counted over all kinds, compiled reports too: each is a duty of its own.
        var scope = new Scope(
            Filter.Region(request, "region"), Filter.Choice<Disclosure.Agencies.AgencyLevel>(request, "level"), Filter.Choice<Disclosure.Agencies.AgencyKind>(request, "kind"),
            Filter.Choice(request, "tree", "regional", "vertical"), null);
        var isCsv = CsvTable.IsWanted(request);
        var asOf = await AsOf.FindAsync(request, database, cancellation, withDeliveries: true);
        var on = Filter.Day(request, "on") ?? DateOnly.FromDateTime(MomentOf(request, asOf, clock).ToOffset(TimeSpan.FromHours(8)).DateTime);
        var groups = new SortedDictionary<string, (GroupKey Key, TimelinessCount Count)>(StringComparer.Ordinal);
        foreach (var (bodies, count) in await deliveries.CountAsync(asOf.Position, year, scope.Region, grouping.Region, cancellation))
        {
            if ((scope.Level ?? bodies.Level) == bodies.Level && (scope.Kind ?? bodies.Kind) == bodies.Kind && (scope.Tree is null || scope.Tree == Scope.TreeOf(bodies.IsVertical)))
            {
                var key = grouping.KeyOf(scope, year, bodies.Region, bodies.Level, bodies.Kind, bodies.IsVertical);
                var name = $"{key.Region}|{key.Level}|{key.Kind}|{key.Tree}";
                groups.TryAdd(name, (key, new TimelinessCount()));
                groups[name].Count.Add(bodies, count, on);
            }
        }
        var citation = Citation.Of(request, _parameters, asOf, ("on", Day(on)));
        return StatisticsAnswer.Of(request, isCsv, writer => Write(writer, citation, year, on, deliveries.LocalDates(year), scope, groups.Values), () => Csv(year, on, scope, asOf, groups.Values));
    }

    /// <summary>The time that was asked for, which may be long after the last event before it; of a position, that of its event.</summary>
    private static DateTimeOffset MomentOf(HttpRequest request, AsOf asOf, TimeProvider clock) => Filter.AsOf(request) switch
    {
        (_, { } time) => time,
        ({ }, _) => asOf.At ?? clock.GetUtcNow(),
        _ => clock.GetUtcNow(),
    };

    private static void Write(
        Utf8JsonWriter writer, Citation citation, int year, DateOnly on, IReadOnlyList<LocalDate> local, Scope scope, IReadOnlyCollection<(GroupKey Key, TimelinessCount Count)> groups)
    {
        writer.WriteStartObject();
        citation.Write(writer);
        writer.WriteNumber("year", year);
        writer.WriteString("on", Day(on));
        writer.WriteStartArray("localDates");
        foreach (var date in local)
        {
            writer.WriteStartObject();
            writer.WriteString("region", date.Region);
            writer.WriteString("level", date.Level);
            writer.WriteString("kind", date.Kind);
            writer.WriteString("on", Day(date.In(year)));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("groups");
        foreach (var (key, count) in groups)
        {
            writer.WriteStartObject();
            writer.WriteString("region", key.Region);
            writer.WriteString("regionName", StatisticsTable.NameOf(key.Region, scope.Region));
            writer.WriteString("level", key.Level);
            writer.WriteString("kind", key.Kind);
            writer.WriteString("tree", key.Tree);
            count.Write(writer);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static byte[] Csv(int year, DateOnly on, Scope scope, AsOf asOf, IReadOnlyCollection<(GroupKey Key, TimelinessCount Count)> groups) => CsvTable.Write(
        ["year", "region", "regionName", "level", "kind", "tree", .. TimelinessCount.Columns(), "on", "asOf"],
        groups.Select(group => (IReadOnlyList<string?>)[CsvTable.Number(year), group.Key.Region, StatisticsTable.NameOf(group.Key.Region, scope.Region), group.Key.Level, group.Key.Kind, group.Key.Tree, .. group.Count.Line(), Day(on), CsvTable.Number(asOf.Position)]));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
