using Disclosure.Contents;
using Disclosure.Statistics;
using DisclosureApi.Http;

namespace DisclosureApi.Statistics;

/// <summary>A figure that a question asks for: an indicator or a measure, for a class of applicants or for all.</summary>
/// <param name="Class">Null where the figure is not told by class.</param>
internal sealed record AskedFigure(string Code, Message Name, string? Class, RatePlace? Rate, Measure? Measure)
{
    public const int Most = 40;
    private const string Each = "each";

    private static readonly string[] _usual =
    [
        "applications.received", "applications.carriedIn", "applications.totalHandled", "applications.carriedOver", .. Measures.Outcomes.Select(outcome => $"applications.{outcome}"),
        "disputes.reconsideration.total", "disputes.litigation.total", "disputes.litigationAfterReconsideration.total",
    ];

    public static string[] Parameters { get; } = ["indicator", "measure", "outcome", "applicantClass"];

    public static IReadOnlyList<string> Classes { get; } = [.. RatePlaces.Classes.Select(column => column.Key)];

    public static IReadOnlyList<string> IndicatorCodes { get; } = [.. Indicators.All.Select(indicator => indicator.Code)];

    public static IReadOnlyList<string> MeasureCodes { get; } = [.. Measures.All.Select(measure => measure.Code)];

    public static IReadOnlyList<string> ClassChoices { get; } = [.. Classes, Each];

    public static IReadOnlyList<string> OutcomeChoices { get; } = [.. Measures.Outcomes, Each];

    /// <summary>What a request asks for; without a word on it, every indicator and the main sums.</summary>
    public static IReadOnlyList<AskedFigure> Of(HttpRequest request)
    {
        var (indicators, measures) = (Filter.Several(request, "indicator", Most, IndicatorCodes), Filter.Several(request, "measure", Most, MeasureCodes));
        var outcome = Filter.Choice(request, "outcome", OutcomeChoices);
        var outcomes = outcome switch { null => [], Each => Measures.Outcomes, _ => (IReadOnlyList<string>)[outcome] };
        IReadOnlyList<string> codes = (indicators ?? measures) is null && outcomes.Count == 0
            ? [.. IndicatorCodes, .. _usual]
            : [.. (indicators ?? []).Concat(measures ?? []).Concat(outcomes.Select(key => $"applications.{key}")).Distinct(StringComparer.Ordinal)];
        var applicantClass = Filter.Choice(request, "applicantClass", ClassChoices);
        return [.. codes.SelectMany(code => Of(code, applicantClass))];
    }

    /// <summary>The one figure that a request is about.</summary>
    public static AskedFigure Single(HttpRequest request)
    {
        var (indicator, measure) = (Filter.Choice(request, "indicator", IndicatorCodes), Filter.Choice(request, "measure", MeasureCodes));
        var applicantClass = Filter.Choice(request, "applicantClass", ClassChoices);
        if (applicantClass == Each)
        {
            throw Filter.Impossible("这里只看一个数，applicantClass不能为each", "This is about one figure: applicantClass cannot be each.");
        }
        return (indicator ?? measure) is { } code && (indicator is null || measure is null)
            ? Of(code, applicantClass).Single()
            : throw Filter.Impossible("请给出indicator或measure中的一个", "Give one indicator, or one measure.");
    }

    private static IEnumerable<AskedFigure> Of(string code, string? applicantClass)
    {
        var (indicator, measure) = (Indicators.Find(code), Measures.Find(code));
        if (indicator?.IsByClass != true && measure?.IsByClass != true)
        {
            return [new AskedFigure(code, indicator?.Name ?? measure!.Name, null, indicator is null ? null : RatePlaces.Find(indicator, RatePlaces.Total), measure)];
        }
        IReadOnlyList<string> classes = applicantClass switch { null => [RatePlaces.Total], Each => Classes, _ => [applicantClass] };
        return classes.Select(column => new AskedFigure(
            code, indicator?.Name ?? measure!.Name, column, indicator is null ? null : RatePlaces.Find(indicator, column), measure));
    }

    /// <summary>The slots that it is made of, in rising order.</summary>
    public IReadOnlyList<int> Slots => Rate?.AllSlots ?? Measure!.AllSlots(Class ?? RatePlaces.Total);

    public string? Unit => Rate is not null ? "%" : Measure!.Unit;

    /// <summary>The figure of reports added up.</summary>
    public Figure In(FigureSum sum)
    {
        if (Rate is { } place)
        {
            var rate = sum.Rate(place);
            return new Figure(rate.Percent, (decimal)rate.Numerator, (decimal)rate.Denominator, (long)rate.Assessed, sum.Reports - (long)rate.Assessed, rate.IsOfLowReliability);
        }
        var (value, given) = Measure!.In(sum, Class ?? RatePlaces.Total);
        return new Figure(given == 0 ? null : ReportContent.Normalised(value), null, null, given, sum.Reports - given, null);
    }

    /// <summary>The figure of one report.</summary>
    public Figure In(FigureVector report)
    {
        if (Rate is not { } place)
        {
            return Measure!.In(report, Class ?? RatePlaces.Total) is { } value ? new Figure(value, null, null, 1, 0, null) : new Figure(null, null, null, 0, 1, null);
        }
        if (place.Of(report) is not var (numerator, denominator))
        {
            return new Figure(null, 0, 0, 0, 1, true);
        }
        var rate = new Rate(numerator, denominator, 1);
        return new Figure(rate.Percent, (decimal)numerator, (decimal)denominator, 1, 0, rate.IsOfLowReliability);
    }
}

/// <summary>A figure with what it is made of.</summary>
/// <param name="Value">In percent for an indicator; null where nothing can be told.</param>
/// <param name="Assessed">How many reports it is made of.</param>
/// <param name="NotAssessable">How many reports lack a cell that it needs.</param>
/// <param name="IsOfLowReliability">Null for a sum.</param>
internal sealed record Figure(decimal? Value, decimal? Numerator, decimal? Denominator, long Assessed, long NotAssessable, bool? IsOfLowReliability)
{
    /// <summary>The value before it is rounded, by which figures are put in order.</summary>
    public decimal? Exact => Denominator is > 0 ? Numerator * 100 / Denominator : Denominator is null ? Value : null;
}
