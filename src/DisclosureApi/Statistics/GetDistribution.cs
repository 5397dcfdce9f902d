using DisclosureApi.Store.Replicas;
using System.Text.Json;
using Disclosure.Statistics;
using DisclosureApi.Http;

namespace DisclosureApi.Statistics;

/// <summary>GET /v1/statistics/distribution: how one figure is spread over the bodies of a year.</summary>
internal static class GetDistribution
{
    private static readonly string[] _parameters = ["year", .. StatisticsQuery.ScopeParameters, "indicator", "measure", "applicantClass", AsOf.Parameter, "format"];

    public static readonly OperationContract Contract = new("get_distribution", "Statistics", "See how a figure is spread over bodies")
    {
        Description =
            "Median, quartiles and deciles of one indicator or measure over the reports of one year (the last with reports when left out), by linear interpolation, half up to two decimals. "
            + "Reports of which the figure cannot be told are counted beside it: overZero, notAssessable, missing. lowReliability counts shares of few cases, which take part.",
        Filters = [.. _parameters.Where(name => name is not "applicantClass"), "applicantClass"],
        Answers =
        [
            new(200, "Distribution", "The spread") { Headers = ["ETag"], Texts = [Body.CsvType] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
        Problems = [400],
        Refusals = [ProblemTypes.ImpossibleQuery],
    };

    public static async Task<IResult> HandleAsync(HttpRequest request, ReadDatabase database, BodyFigures figures, DueCounts due, CancellationToken cancellation)
    {
        var (asked, scope, isCsv) = (AskedFigure.Single(request), StatisticsQuery.ScopeOf(request), CsvTable.IsWanted(request));
        var year = Filter.Year(request);
        var asOf = await AsOf.FindAsync(request, database, cancellation);
        var (of, _) = year is { } one ? (one, one) : await GetStatistics.LastYearAsync(database, asOf, cancellation);
        var found = await figures.ReadAsync(asOf.Position, of, scope, asked, cancellation);
        var owed = await due.CountAsync(asOf.Register, of, of, scope, Grouping.None, cancellation);
        var spread = new Distribution(found.Select(body => body.Figure.Exact).OfType<decimal>());
        var citation = Citation.Of(request, _parameters, asOf, ("year", $"{of}"));
        var missing = owed.Values.Sum() - found.Count(body => body.IsOwed);
        return StatisticsAnswer.Of(request, isCsv, writer => Write(writer, citation, of, asked, found, spread, missing), () => Csv(spread));
    }

    private static void Write(Utf8JsonWriter writer, Citation citation, int year, AskedFigure asked, IReadOnlyList<BodyFigure> found, Distribution spread, long missing)
    {
        writer.WriteStartObject();
        citation.Write(writer);
        writer.WriteNumber("year", year);
        writer.WriteString("code", asked.Code);
        writer.WriteString("applicantClass", asked.Class);
        writer.WriteString("unit", asked.Unit);
        writer.WriteNumber("reports", found.Count);
        writer.WriteNumber("missing", missing);
        writer.WriteNumber("notAssessable", found.Count(body => body.Figure.Assessed == 0));
        writer.WriteNumber("overZero", found.Count(body => body.Figure is { Assessed: > 0, Value: null }));
        writer.WriteNumber("assessed", spread.Count);
        writer.WriteNumber("lowReliability", found.Count(body => body.Figure is { Value: not null, IsOfLowReliability: true }));
        foreach (var (name, part, of) in Points().Where(point => point.Of != 10))
        {
            StatisticsTable.WriteNumber(writer, name, spread.Quantile(part, of));
        }
        writer.WriteStartArray("deciles");
        for (var decile = 1; decile < 10; decile++)
        {
            if (spread.Quantile(decile, 10) is { } value)
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static byte[] Csv(Distribution spread) =>
        CsvTable.Write(["point", "value"], Points().Select(point => new[] { point.Name, CsvTable.Number(spread.Quantile(point.Part, point.Of)) }));

    private static IEnumerable<(string Name, int Part, int Of)> Points() =>
        [("minimum", 0, 1), ("lowerQuartile", 1, 4), ("median", 1, 2), ("upperQuartile", 3, 4), ("maximum", 1, 1), .. Enumerable.Range(1, 9).Select(decile => ($"decile{decile}", decile, 10))];
}
