using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Rules.Examples;
using Disclosure.Statistics;
using FsCheck;
using FsCheck.Fluent;

namespace Disclosure.Tests.Statistics;

public class FigureVectorTests
{
    private static readonly IReadOnlyList<CellAddress> _cells = [.. Samples.Whole().Cells.Keys];

    /// <summary>The clean report with some cells large, some zero and some missing.</summary>
    private static Gen<ReportContent> Reports =>
        from changes in Gen.Choose(0, _cells.Count - 1).Zip(Gen.Choose(-1, 3)).ListOf()
        select changes.Aggregate(Samples.Whole(), (report, change) => change.Item2 switch
        {
            < 0 => report.Without(_cells[change.Item1]),
            0 => report.With(_cells[change.Item1], 0),
            _ => report.With(_cells[change.Item1], CellNumber.MaxCount - change.Item2),
        });

    [Fact]
    public void A_figure_is_the_same_whether_all_numbers_of_a_report_were_read_or_those_that_it_is_made_of()
    {
        // Other reports go through the same vector, as they do where many are read.
        var few = new FigureVector();
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Reports.ToArbitrary(), report =>
        {
            var packed = FigureVector.Of(report, ExampleReport.Year).Pack();
            var whole = FigureVector.Unpack(packed);
            return RatePlaces.All.All(place => place.Of(few.Refill(packed, [.. place.AllSlots])) == place.Of(whole))
                && Measures.All.All(measure => RatePlaces.Classes.All(column =>
                    measure.In(few.Refill(packed, [.. measure.AllSlots(column.Key)]), column.Key) == measure.In(whole, column.Key)));
        }));
    }

    /// <summary>Figures stand in an index beside their key, and PostgreSQL takes no more than 2,704 bytes there.</summary>
    [Theory]
    [InlineData("2019")]
    [InlineData("2021")]
    public void The_largest_numbers_of_a_form_fit_beside_the_key_of_their_report(string form)
    {
        var format = KnownFormats.ByKey(form)!;
        var largest = format.Tables.SelectMany(table => table.Cells).Aggregate(ReportContent.Empty, (report, cell) => report.With(cell.Address, CellNumber.MaxCount));

        Assert.InRange(FigureVector.Of(largest, format.FirstYear).Pack().Length, 1_000, 2_300);
    }
}
