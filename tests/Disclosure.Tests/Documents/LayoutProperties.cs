using Disclosure.Contents;
using Disclosure.Formats;
using FsCheck;
using FsCheck.Fluent;

namespace Disclosure.Tests.Documents;

/// <summary>Whatever numbers a report holds, they come back as they were written, or not at all.</summary>
public class LayoutProperties
{
    private static readonly Config _quick = Cases.Config(25);

    [Theory]
    [InlineData("2019")]
    [InlineData("2021")]
    public void Any_numbers_written_in_either_layout_are_read_back_into_the_same_cells(string form)
    {
        var cells = KnownFormats.ByKey(form)!.Tables.SelectMany(table => table.Cells).ToList();
        Prop.ForAll(Numbers(cells).ToArbitrary(), numbers =>
        {
            var report = new ReportText(form, cell => ReportText.Number(numbers[cell.Address]));
            Reports.AssertCells(numbers, Reports.Read(report.InTabs()));
            Reports.AssertCells(numbers, Reports.Read(report.InCells()));
        }).Check(_quick);
    }

    [Theory]
    [InlineData("2019")]
    [InlineData("2021")]
    public void Among_any_blanks_no_number_ever_moves_to_another_cell(string form)
    {
        var cells = KnownFormats.ByKey(form)!.Tables.SelectMany(table => table.Cells).ToList();
        var written = from numbers in Numbers(cells)
                      from share in Gen.Choose(0, 10)
                      from blanks in Gen.Choose(0, 9).ListOf(cells.Count)
                      select cells.Where((_, i) => blanks[i] >= share).ToDictionary(cell => cell.Address, cell => numbers[cell.Address]);
        Prop.ForAll(written.ToArbitrary(), numbers =>
        {
            var report = new ReportText(form, cell => numbers.TryGetValue(cell.Address, out var value) ? ReportText.Number(value) : "");
            AssertNothingInvented(numbers, report.InTabs());
            AssertNothingInvented(numbers, report.InCells());
        }).Check(_quick);
    }

    private static void AssertNothingInvented(Dictionary<CellAddress, decimal> written, string text)
    {
        var result = Disclosure.Documents.ReportReader.Read(Disclosure.Documents.PlainText.Read(text));
        if (result is Disclosure.Documents.ReadResult.Report { Filing: var filing })
        {
            Assert.All(filing.Content.Cells, cell => Assert.Equal(written.GetValueOrDefault(cell.Key, -1), cell.Value));
            Assert.All(written, cell => Assert.True(
                filing.Content.Cell(cell.Key) == cell.Value || filing.Readings[cell.Key.Pointer].State == ReadingState.Uncertain, cell.Key.Pointer));
        }
    }

    private static Gen<Dictionary<CellAddress, decimal>> Numbers(List<Cell> cells) =>
        from counts in Count.ListOf(cells.Count)
        from negative in Gen.Choose(0, 1).ListOf(cells.Count)
        select cells.Select((cell, i) => (cell.Address, Value: Fitting(cell.Column, counts[i], negative[i] == 1)))
            .ToDictionary(cell => cell.Address, cell => cell.Value);

    private static decimal Fitting(Column column, long count, bool negative) =>
        column.Decimals > 0 ? ReportContent.Normalised(count % 1_000_000_000_000 / 10_000m) : column.Signed && negative ? -count : count;

    private static Gen<long> Count => Gen.OneOf(
        Gen.Constant(0L),
        Gen.Choose(0, 9).Select(value => (long)value),
        Gen.Choose(0, int.MaxValue).Select(value => (long)value),
        Gen.Choose(0, int.MaxValue).Select(value => 9007199254740991L - value));
}
