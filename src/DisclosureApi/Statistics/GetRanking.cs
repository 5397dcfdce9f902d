using DisclosureApi.Store.Replicas;
using System.Globalization;
using System.Text.Json;
using DisclosureApi.Http;
using DisclosureApi.Statistics.Spreads;
using DisclosureApi.Statistics.Sums;

namespace DisclosureApi.Statistics;

/// <summary>GET /v1/statistics/ranking: bodies or regions in the order of one figure.</summary>
internal static class GetRanking
{
    private const int DefaultTop = 50;

    private static readonly string[] _parameters = ["year", .. StatisticsQuery.ScopeParameters, "indicator", "measure", "applicantClass", "rank", "order", "top", AsOf.Parameter, "format"];

    public static readonly OperationContract Contract = new("get_ranking", "Statistics", "Rank bodies or regions by a figure")
    {
        Description =
            "Bodies, or with rank=region the divisions right below the one asked for, in the order of one indicator or measure in one year. Equal values share a rank. Shares of fewer than 30 "
            + "cases are not ranked; they are counted beside the list, as are those that cannot be told and those that are missing.",
        Filters = _parameters,
        Answers =
        [
            new(200, "Ranking", "The first of the order") { Headers = ["ETag"], Texts = [Body.CsvType] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
        Problems = [400],
        Refusals = [ProblemTypes.ImpossibleQuery],
    };

    public static async Task<IResult> HandleAsync(HttpRequest request, ReadDatabase database, BodyFigures figures, FigureSums sums, DueCounts due, CancellationToken cancellation)
    {
        var (asked, scope, isCsv) = (AskedFigure.Single(request), StatisticsQuery.ScopeOf(request), CsvTable.IsWanted(request));
        var (byRegion, rising, top, year) = (Filter.Choice(request, "rank", "agency", "region") == "region", Filter.Choice(request, "order", "falling", "rising") == "rising", Top(request), Filter.Year(request));
        var asOf = await AsOf.FindAsync(request, database, cancellation);
        var (of, _) = year is { } one ? (one, one) : await GetStatistics.LastYearAsync(database, asOf, cancellation);
        var ranks = byRegion
            ? await Ranks.OfAsync((await sums.SumAsync(asOf.Position, of, of, scope, Grouping.None with { Region = true }, cancellation))
                // What belongs to the place itself is none of the divisions below it.
                .Where(group => group.Value.Reports > 0 && group.Key.Region != scope.Region)
                .Select(group => new BodyFigure("", StatisticsTable.NameOf(group.Key.Region) ?? "", group.Key.Region!, true, asked.In(group.Value))).ToAsyncEnumerable(), rising)
            : await figures.RanksAsync(asOf.Position, of, scope, asked, rising, cancellation);
        var owed = await due.CountAsync(asOf.Register, of, of, scope, Grouping.None, cancellation);
        long? missing = byRegion ? null : owed.Values.Sum() - ranks.Owed;
        var ranked = ranks.First.Take(top).ToList();
        var citation = Citation.Of(request, _parameters, asOf, ("year", $"{of}"));
        return StatisticsAnswer.Of(request, isCsv, writer => Write(writer, citation, of, asked, ranks, ranked, missing), () => Csv(asked, ranked, of, asOf));
    }

    private static int Top(HttpRequest request) => request.Query["top"] switch
    {
        [] => DefaultTop,
        [var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var top) && top is >= 1 and <= Ranks.Most => top,
        _ => throw Page.Wrong($"top应为1至{Ranks.Most}之间的整数", $"top must be an integer from 1 to {Ranks.Most}."),
    };

    private static void Write(
        Utf8JsonWriter writer, Citation citation, int year, AskedFigure asked, Ranks ranks, IReadOnlyList<(int Rank, BodyFigure Body)> ranked, long? missing)
    {
        writer.WriteStartObject();
        citation.Write(writer);
        writer.WriteNumber("year", year);
        writer.WriteStartObject("unranked");
        writer.WriteNumber("lowReliability", ranks.OfFew);
        writer.WriteNumber("overZero", ranks.OverZero);
        writer.WriteNumber("notAssessable", ranks.NotAssessable);
        StatisticsTable.WriteNumber(writer, "missing", missing);
        writer.WriteEndObject();
        writer.WriteStartArray("items");
        foreach (var (rank, body) in ranked)
        {
            writer.WriteStartObject();
            writer.WriteNumber("rank", rank);
            writer.WriteString("agency", body.Agency.Length == 0 ? null : body.Agency);
            writer.WriteString("region", body.Region);
            writer.WriteString("name", body.Name);
            StatisticsTable.WriteFigure(writer, asked, body.Figure);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static byte[] Csv(AskedFigure asked, IEnumerable<(int Rank, BodyFigure Body)> ranked, int year, AsOf asOf) => CsvTable.Write(
        ["rank", "agency", "region", "name", "code", "value", "unit", "numerator", "denominator", "year", "asOf"],
        ranked.Select(item => new[]
        {
            CsvTable.Number(item.Rank), item.Body.Agency, item.Body.Region, item.Body.Name, asked.Code, CsvTable.Number(item.Body.Figure.Value), asked.Unit,
            CsvTable.Number(item.Body.Figure.Numerator), CsvTable.Number(item.Body.Figure.Denominator), CsvTable.Number(year), CsvTable.Number(asOf.Position),
        }));
}
