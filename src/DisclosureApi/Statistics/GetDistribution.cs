using DisclosureApi.Store.Replicas;
using System.Text.Json;
using DisclosureApi.Http;
using DisclosureApi.Statistics.Spreads;

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
        var spread = await figures.SpreadAsync(asOf.Position, of, scope, asked, cancellation);
        var owed = await due.CountAsync(asOf.Register, of, of, scope, Grouping.None, cancellation);
        var citation = Citation.Of(request, _parameters, asOf, ("year", $"{of}"));
        return StatisticsAnswer.Of(request, isCsv, writer => Write(writer, citation, of, asked, spread, owed.Values.Sum() - spread.Owed), () => Csv(spread, asked, of, asOf));
    }

    private static void Write(Utf8JsonWriter writer, Citation citation, int year, AskedFigure asked, Spread spread, long missing)
    {
        writer.WriteStartObject();
        citation.Write(writer);
        writer.WriteNumber("year", year);
        writer.WriteString("code", asked.Code);
        writer.WriteString("applicantClass", asked.Class);
        writer.WriteString("unit", asked.Unit);
        writer.WriteNumber("reports", spread.Reports);
        writer.WriteNumber("missing", missing);
        writer.WriteNumber("notAssessable", spread.NotAssessable);
        writer.WriteNumber("overZero", spread.OverZero);
        writer.WriteNumber("assessed", spread.Assessed);
        writer.WriteNumber("lowReliability", spread.OfFew);
        var points = Spread.Points.Zip(spread.Values).ToList();
        foreach (var (point, value) in points.Where(entry => entry.First.Of != 10))
        {
            StatisticsTable.WriteNumber(writer, point.Name, value);
        }
        writer.WriteStartArray("deciles");
        foreach (var (_, value) in points.Where(entry => entry.First.Of == 10))
        {
            if (value is { } number)
            {
                writer.WriteNumberValue(number);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static byte[] Csv(Spread spread, AskedFigure asked, int year, AsOf asOf) => CsvTable.Write(
        ["point", "value", "code", "applicantClass", "unit", "year", "asOf"],
        Spread.Points.Zip(spread.Values).Select(entry => new[]
        {
            entry.First.Name, CsvTable.Number(entry.Second), asked.Code, asked.Class, asked.Unit, CsvTable.Number(year), CsvTable.Number(asOf.Position),
        }));
}
