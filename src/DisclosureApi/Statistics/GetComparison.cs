using DisclosureApi.Store.Replicas;
using System.Text.Json;
using Disclosure.Agencies;
using Disclosure.Statistics;
using DisclosureApi.Http;
using DisclosureApi.Statistics.Sums;

namespace DisclosureApi.Statistics;

/// <summary>GET /v1/statistics/comparison: bodies beside each other, and beside those of their level and of their region, year by year.</summary>
internal static class GetComparison
{
    private const int MostBodies = 10;

    private static readonly string[] _parameters = ["agencies", "year", "from", "to", .. AskedFigure.Parameters, AsOf.Parameter];

    public static readonly OperationContract Contract = new("get_comparison", "Statistics", "Compare bodies with each other, their level and their region")
    {
        Description =
            $"Up to {MostBodies} bodies, each with its figures of every year, those of all bodies of its level and kind (ofLevel), and those of all bodies in its region (ofRegion). Reports of bodies "
            + "that it succeeded stand under it and are named in sources; where a predecessor had several successors its report is named as shared and not added.",
        Filters = _parameters,
        Answers = [new(200, "Comparison", "The bodies") { Headers = ["ETag"] }, new(304, null, "The reader already has these bytes") { Headers = ["ETag"] }],
        Problems = [400],
        Refusals = [ProblemTypes.ImpossibleQuery],
    };

    public static async Task<IResult> HandleAsync(HttpRequest request, ReadDatabase database, FigureSums sums, CancellationToken cancellation)
    {
        var (codes, years, figures) = (Codes(request), Filter.Years(request), AskedFigure.Of(request));
        var asOf = await AsOf.FindAsync(request, database, cancellation);
        var (start, end) = years ?? await GetStatistics.LastYearAsync(database, asOf, cancellation);
        var compared = new List<(ComparedBody Body, Dictionary<GroupKey, FigureSum> OfLevel, Dictionary<GroupKey, FigureSum> OfRegion)>();
        foreach (var code in codes)
        {
            var body = await BodyHistoryReader.ReadAsync(database, asOf.Position, code, start, end, cancellation)
                ?? throw Filter.Impossible($"名录中没有{code}", $"The register has no body {code} at that point.");
            var level = new Scope(null, body.Level, body.Kind, null, null);
            var region = new Scope(body.Region, body.Kind == Scope.Compiled ? body.Level : null, body.Kind == Scope.Compiled ? body.Kind : null, null, null);
            compared.Add((body, await sums.SumAsync(asOf.Position, start, end, level, Grouping.None, cancellation), await sums.SumAsync(asOf.Position, start, end, region, Grouping.None, cancellation)));
        }
        (string, string)[] range = start == end ? [("year", $"{start}")] : [("from", $"{start}"), ("to", $"{end}")];
        var citation = Citation.Of(request, [.. _parameters.Except(["year", "from", "to"])], asOf, range);
        return StatisticsAnswer.Of(request, false, writer =>
        {
            writer.WriteStartObject();
            citation.Write(writer);
            writer.WriteStartArray("bodies");
            foreach (var (body, ofLevel, ofRegion) in compared)
            {
                WriteBody(writer, body, figures, Enumerable.Range(start, end - start + 1), ofLevel, ofRegion);
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }, () => []);
    }

    private static string[] Codes(HttpRequest request) =>
        request.Query["agencies"] is [{ } text] && text.Split(',') is { Length: <= MostBodies } codes && codes.All(UnifiedCode.IsValid) && codes.Distinct(StringComparer.Ordinal).Count() == codes.Length
            ? codes
            : request.Query.ContainsKey("agencies")
                ? throw Page.Wrong($"agencies应为统一社会信用代码，以逗号分隔，最多{MostBodies}个", $"agencies must be unified social credit codes with commas between, {MostBodies} at most.")
                : throw Filter.Impossible("请在agencies中给出机关", "Name the bodies in agencies.");

    private static void WriteBody(
        Utf8JsonWriter writer, ComparedBody body, IReadOnlyList<AskedFigure> figures, IEnumerable<int> years, Dictionary<GroupKey, FigureSum> ofLevel, Dictionary<GroupKey, FigureSum> ofRegion)
    {
        writer.WriteStartObject();
        writer.WriteString("code", body.Agency);
        writer.WriteString("name", body.Name);
        writer.WriteString("region", body.Region);
        writer.WriteString("level", body.Level);
        writer.WriteString("kind", body.Kind);
        writer.WriteStartArray("years");
        foreach (var year in years)
        {
            var reports = body.Reports.Where(report => report.Year == year).ToList();
            var sum = new FigureSum();
            reports.Where(report => !report.IsShared).ToList().ForEach(report => sum.Add(report.Cells, isOwed: true));
            var key = new GroupKey(year, null, null, null, null);
            writer.WriteStartObject();
            writer.WriteNumber("year", year);
            WriteSources(writer, reports);
            WriteFigures(writer, "figures", figures, sum);
            WriteFigures(writer, "ofLevel", figures, ofLevel.GetValueOrDefault(key) ?? new FigureSum());
            WriteFigures(writer, "ofRegion", figures, ofRegion.GetValueOrDefault(key) ?? new FigureSum());
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteSources(Utf8JsonWriter writer, List<ComparedReport> reports)
    {
        writer.WriteStartArray("sources");
        foreach (var report in reports)
        {
            writer.WriteStartObject();
            writer.WriteString("code", report.Agency);
            writer.WriteString("name", report.Name);
            writer.WriteBoolean("shared", report.IsShared);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteFigures(Utf8JsonWriter writer, string name, IReadOnlyList<AskedFigure> figures, FigureSum sum)
    {
        writer.WriteStartArray(name);
        foreach (var asked in figures)
        {
            writer.WriteStartObject();
            StatisticsTable.WriteFigure(writer, asked, asked.In(sum));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
