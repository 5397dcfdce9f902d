using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Statistics;

namespace Disclosure.Tests.Statistics;

public class IndicatorTests
{
    private static readonly ReportContent _report = Report(
        ("received", 95), ("carriedIn", 5), ("granted", 30), ("partiallyGranted", 12), ("refused.stateSecret", 1), ("unavailable.notHeld", 49), ("unprocessed.petition", 6), ("totalHandled", 98), ("carriedOver", 2));

    [Theory]
    [InlineData("disclosureRate", 42, 98, "42.86")]
    [InlineData("refusedRate", 1, 98, "1.02")]
    [InlineData("unavailableRate", 49, 98, "50")]
    [InlineData("unprocessedRate", 6, 98, "6.12")]
    [InlineData("completionRate", 98, 100, "98")]
    [InlineData("carriedOverRate", 2, 100, "2")]
    public void A_share_is_of_the_requests_that_were_answered_or_open(string code, int numerator, int denominator, string percent)
    {
        var rate = Of(code, Summed(_report));

        Assert.Equal((numerator, denominator), ((int)rate.Numerator, (int)rate.Denominator));
        Assert.Equal(decimal.Parse(percent), rate.Percent);
        Assert.False(rate.IsOfLowReliability);
    }

    [Fact]
    public void An_area_is_a_sum_over_a_sum_and_never_a_mean_of_shares()
    {
        var small = Report(("granted", 1), ("partiallyGranted", 0), ("totalHandled", 1));
        var large = Report(("granted", 0), ("partiallyGranted", 0), ("totalHandled", 999));

        Assert.Equal(0.1m, Of("disclosureRate", Summed(small, large)).Percent);
    }

    [Fact]
    public void Over_nothing_there_is_no_share_and_a_report_that_lacks_a_cell_takes_no_part_in_either_sum()
    {
        Assert.Null(Of("reconsiderationCorrectedRate", Summed(_report)).Percent);
        var lacking = _report.Without(new CellAddress("applications", "partiallyGranted", "total"));

        var rate = Of("disclosureRate", Summed(_report, lacking));

        Assert.Equal((42, 98, 1), ((int)rate.Numerator, (int)rate.Denominator, (int)rate.Assessed));
    }

    [Fact]
    public void An_undivided_other_handling_counts_like_its_three_parts()
    {
        var undivided = Format2019Report(("otherHandling", 7), ("totalHandled", 70));
        var divided = Report(("otherHandling.notSupplemented", 1), ("otherHandling.feeUnpaid", 2), ("otherHandling.other", 4), ("totalHandled", 70));

        Assert.Equal(Of("otherHandlingRate", Summed(undivided)).Percent, Of("otherHandlingRate", Summed(divided)).Percent);
    }

    [Fact]
    public void A_group_is_counted_once_for_each_report_that_gives_it_whole()
    {
        var both = Report(("otherHandling", 5), ("otherHandling.notSupplemented", 1), ("otherHandling.feeUnpaid", 2), ("otherHandling.other", 2), ("totalHandled", 70));
        var divided = Report(("otherHandling.notSupplemented", 1), ("otherHandling.feeUnpaid", 2), ("otherHandling.other", 0), ("totalHandled", 70));
        var inPart = divided.Without(new CellAddress("applications", "otherHandling.other", "total"));

        Assert.Equal((8m, 2L), Measures.Find("applications.otherHandling")!.In(Summed(both, divided, inPart), "total"));
    }

    [Fact]
    public void Table_2_of_the_two_forms_is_never_one_series()
    {
        var (old, now) = (Samples.Whole(Format2019.Value, 2020), Samples.Whole());
        var sum = Summed((old, 2020), (now, 2023));
        var (then, today) = (Measures.Find("proactive2019.licensing.decisions")!, Measures.Find("proactive2021.licensing.decisions")!);

        Assert.Equal((old.Cell(new("proactive", "licensing", "decisions"))!.Value, 1L), then.In(sum, "total"));
        Assert.Equal((now.Cell(new("proactive", "licensing", "decisions"))!.Value, 1L), today.In(sum, "total"));
    }

    [Fact]
    public void Every_cell_of_every_form_can_be_asked_for_and_every_code_is_its_own()
    {
        Assert.Equal(10 + 22 + 182 + 15, FigureSlots.All.Count);
        Assert.Distinct(Measures.All.Select(measure => measure.Code).Concat(Indicators.All.Select(indicator => indicator.Code)));
        var told = Measures.All.SelectMany(measure => RatePlaces.Classes.SelectMany(column => measure.AllSlots(column.Key))).Distinct().Select(slot => FigureSlots.All[slot].Code);
        Assert.Equal(FigureSlots.All.Select(slot => slot.Code).Order(), told.Order());
    }

    [Theory]
    [InlineData(1, 8, "12.5")]
    [InlineData(1, 16, "6.25")]
    [InlineData(1, 32, "3.13")]
    [InlineData(1, 3, "33.33")]
    [InlineData(2, 3, "66.67")]
    [InlineData(10538, 34430, "30.61")]
    [InlineData(-1, 32, "-3.13")]
    public void Shares_are_rounded_half_up_to_two_decimals(int numerator, int denominator, string percent) =>
        Assert.Equal(decimal.Parse(percent), Rounding.Percent(numerator, denominator));

    [Fact]
    public void Figures_of_any_size_are_packed_and_added_up_exactly()
    {
        var random = new Random(7);
        var (total, parts) = (new FigureSum(), new FigureSum());
        decimal sum = 0;
        for (var i = 0; i < 200; i++)
        {
            var amount = Math.Round((decimal)random.NextDouble() * 999_999_999, 6);
            var content = Samples.Whole().With(new("proactive", "fees", "amount"), amount).With(new("applications", "received", "total"), CellNumber.MaxCount);
            content = random.Next(3) == 0 ? content.Without(new("applications", "granted", "total")) : content;
            var vector = FigureVector.Unpack(FigureVector.Of(content, 2023).Pack());
            sum += amount;
            total.Add(vector, isOwed: i % 2 == 0);
            var one = new FigureSum();
            one.Add(vector, isOwed: i % 2 == 0);
            parts.Add(one.Pack());
        }

        Assert.Equal((sum, 200L), Measures.Find("proactive2021.fees.amount")!.In(parts, "total"));
        Assert.Equal(200 * CellNumber.MaxCount, Measures.Find("applications.received")!.In(parts, "total").Value);
        Assert.Equal(total.Pack(), parts.Pack());
    }

    private static Rate Of(string code, FigureSum sum) => sum.Rate(RatePlaces.Find(Indicators.Find(code)!, RatePlaces.Total)!);

    private static FigureSum Summed(params ReportContent[] reports) => Summed([.. reports.Select(report => (report, 2023))]);

    private static FigureSum Summed(params (ReportContent Content, int Year)[] reports)
    {
        var sum = new FigureSum();
        foreach (var (content, year) in reports)
        {
            sum.Add(FigureVector.Of(content, year), isOwed: true);
        }
        return sum;
    }

    /// <summary>A report with these totals, and zeros elsewhere.</summary>
    private static ReportContent Report(params (string Row, int Total)[] rows) => With(Format2021.Value, rows);

    private static ReportContent Format2019Report(params (string Row, int Total)[] rows) => With(Format2019.Value, rows);

    private static ReportContent With(ReportFormat format, (string Row, int Total)[] rows)
    {
        var zeros = format.Tables.SelectMany(table => table.Cells).Aggregate(ReportContent.Empty, (content, cell) => content.With(cell.Address, 0));
        return rows.Aggregate(zeros, (content, row) => content.With(new CellAddress("applications", row.Row, "total"), row.Total));
    }
}
