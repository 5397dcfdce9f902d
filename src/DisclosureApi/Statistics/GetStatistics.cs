using Disclosure.Formats;
using Disclosure.Statistics;
using DisclosureApi.Http;
using DisclosureApi.Store.Replicas;
using DisclosureApi.Statistics.Sums;

namespace DisclosureApi.Statistics;

/// <summary>GET /v1/statistics: sums and shares of the reports of any bodies and years, gathered as asked, year by year.</summary>
internal static class GetStatistics
{
    public static readonly OperationContract Contract = new("get_statistics", "Statistics", "Add reports up")
    {
        Description =
            "Sums and shares over all reports that were public at one point in the order of events: each body's year once, by its current revision; withdrawn ones not. Years are always told "
            + $"apart, {Filter.MostYears} at most; without one, the last year with reports. A share is the sum of its numerators over the sum of its denominators, never a mean of shares, half up to "
            + "two decimals, null over zero; under 30 cases it is marked. change is against the year before. missing are bodies that owe the report and have none. Compiled reports of governments "
            + "count cases of others once more, so they are left out unless kind asks for them, and then told by level. A report counts where the register places its body at the end of the report year. "
            + "asOf names the last public event that the answer knows of; permalink has the same bytes for ever. The tables 2 of the two forms count different things and are never joined.",
        Filters = StatisticsQuery.Parameters,
        Answers =
        [
            new(200, "Statistics", "The figures") { Headers = ["ETag"], Texts = [Body.CsvType] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
        Problems = [400],
        Refusals = [ProblemTypes.ImpossibleQuery],
    };

    /// <summary>From each year with reports to the one before, until one had any at the position.</summary>
    private static readonly string _lastYear =
        $"""
        with recursive years (year) as (
            select max(year) from figures union all select (select max(f.year) from figures f where f.year < y.year) from years y where y.year is not null)
        select coalesce((select y.year from years y where exists (select from figures f where f.year = y.year and {FigureReader.Held("f")}) order by y.year desc limit 1), $2)
        """;

    public static async Task<IResult> HandleAsync(HttpRequest request, ReadDatabase database, FigureSums sums, DueCounts due, CancellationToken cancellation)
    {
        var query = StatisticsQuery.Of(request);
        var isCsv = CsvTable.IsWanted(request);
        var asOf = await AsOf.FindAsync(request, database, cancellation);
        var (start, end) = query.Years ?? await LastYearAsync(database, asOf, cancellation);
        var found = await sums.SumAsync(asOf.Position, Math.Max(start - 1, KnownFormats.FirstYear), end, query.Scope, query.Grouping, cancellation);
        var owed = await due.CountAsync(asOf.Register, start, end, query.Scope, query.Grouping, cancellation);
        var keys = found.Where(entry => entry.Value.Reports > 0).Select(entry => entry.Key).Union(owed.Where(entry => entry.Value > 0).Select(entry => entry.Key));
        var groups = keys.Where(key => key.Year >= start)
            .OrderBy(key => key.Year).ThenBy(key => key.Region, StringComparer.Ordinal).ThenBy(key => key.Level, StringComparer.Ordinal)
            .ThenBy(key => key.Kind, StringComparer.Ordinal).ThenBy(key => key.Tree, StringComparer.Ordinal)
            .Select(key => new StatisticsGroup(key, found.GetValueOrDefault(key) ?? new FigureSum(), owed.GetValueOrDefault(key))
            {
                YearBefore = found.GetValueOrDefault(key with { Year = key.Year - 1 }),
            });
        var years = start == end ? [("year", $"{start}")] : new[] { ("from", $"{start}"), ("to", $"{end}") };
        var table = new StatisticsTable([.. groups], query.Figures, Citation.Of(request, [.. StatisticsQuery.Parameters.Except(["year", "from", "to"])], asOf, years), query.Scope.Region);
        return StatisticsAnswer.Of(request, isCsv, table.Write, table.Csv);
    }

    public static async Task<(int From, int To)> LastYearAsync(ReadDatabase database, AsOf asOf, CancellationToken cancellation)
    {
        await using var command = (await database.SourceAsync(cancellation, asOf.Position)).CreateCommand(_lastYear);
        command.Parameters.Add(new() { Value = asOf.Position });
        command.Parameters.Add(new() { Value = KnownFormats.FirstYear });
        var year = (int)(await command.ExecuteScalarAsync(cancellation))!;
        return (year, year);
    }
}
