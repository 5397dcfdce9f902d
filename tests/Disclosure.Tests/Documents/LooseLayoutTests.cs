using Disclosure.Contents;
using Disclosure.Formats;
using FsCheck;
using FsCheck.Fluent;

namespace Disclosure.Tests.Documents;

/// <summary>Tables whose cells were lost on the way. What the numbers themselves prove is read; everything else is left open with candidates.</summary>
public class LooseLayoutTests
{
    private static readonly Config _quick = Cases.Config(15);

    public static TheoryData<string, string> Layouts => new MatrixTheoryData<string, string>(["2019", "2021"], ["lines", "pieces", "blanks", "spanned"]);

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Every_number_is_sure_where_it_stands_apart(string form, string layout) => Prop.ForAll(Sound(form).ToArbitrary(), numbers =>
    {
        var filing = Reports.Read(Text(form, layout, cell => ReportText.Number(numbers[cell.Address])));
        Reports.AssertCells(numbers, filing);
        Assert.Equal(("云州市北湖区人民政府", 2023), (filing.AgencyName, filing.Year));
        Assert.All(KnownFormats.TableKeys, table => Assert.Equal("", filing.Content.Section(table)));
    }).Check(_quick);

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_number_lost_or_cut_in_two_never_makes_another_one_wrong(string form, string layout) =>
        Prop.ForAll((from numbers in Sound(form) from at in Gen.Choose(0, numbers.Count - 1) from cut in Gen.Elements(true, false) select (numbers, at, cut)).ToArbitrary(), damaged =>
        {
            var (numbers, at, cut) = damaged;
            var hurt = numbers.Keys.ElementAt(at);
            string Printed(Cell cell) => ReportText.Number(numbers[cell.Address]) is var number && cell.Address != hurt ? number
                : cut && number.Length > 1 ? number[..1] + (layout == "pieces" ? "\n" : layout == "lines" ? "\t" : " ") + number[1..] : "";
            if (Disclosure.Documents.ReportReader.Read(Disclosure.Documents.PlainText.Read(Text(form, layout, Printed))) is Disclosure.Documents.ReadResult.Report { Filing: var filing })
            {
                Assert.All(filing.Content.Cells, cell => Assert.True(numbers.TryGetValue(cell.Key, out var value) && value == cell.Value, $"{cell.Key}: {cell.Value}, hurt {hurt}"));
            }
        }).Check(_quick);

    [Theory]
    [InlineData("2019")]
    [InlineData("2021")]
    public void Digits_that_run_together_are_never_taken_and_the_right_numbers_are_among_the_candidates(string form) => Prop.ForAll(Small(form).ToArbitrary(), numbers =>
    {
        var filing = Reports.Read(Text(form, "together", cell => ReportText.Number(numbers[cell.Address])));
        Assert.Empty(filing.Content.Cells);
        var offered = numbers.Where(cell => cell.Key.Table == "applications").ToList();
        var found = offered.Count(cell => filing.Readings[cell.Key.Pointer].Candidates.Contains(cell.Value));
        Assert.True(found >= 0.98 * offered.Count, $"{found} of {offered.Count}");
        Assert.All(filing.Readings.Values, reading => Assert.NotEqual(ReadingState.Sure, reading.State));
    }).Check(_quick);

    private static IEnumerable<string> Spanning(string form) => KnownFormats.ByKey(form)!.Table("applications").Rows.SelectMany(row => row.Under).Distinct();

    private static string Text(string form, string layout, Func<Cell, string> cell) => new LooseText(form, cell) is var text && layout switch
    {
        "lines" => text.InLines(),
        "pieces" => text.InPieces(),
        "blanks" => text.InBlanks(),
        // The label that spans rows stands on the line of the first of them.
        "spanned" => Spanning(form).Aggregate(text.InBlanks(), (printed, span) => printed.Replace($"{span}\n1.", $"{span} 1.", StringComparison.Ordinal)),
        _ => text.RunTogether(),
    } is var written ? written : "";

    private static Gen<Dictionary<CellAddress, decimal>> Sound(string form) => Numbers(form, 60_000);

    private static Gen<Dictionary<CellAddress, decimal>> Small(string form) => Numbers(form, 120);

    /// <summary>Numbers whose printed sums hold in every row, most of them small and many zero, as in real reports.</summary>
    private static Gen<Dictionary<CellAddress, decimal>> Numbers(string form, int most)
    {
        var cells = KnownFormats.ByKey(form)!.Tables.SelectMany(table => table.Cells).ToList();
        return Gen.Frequency((6, Gen.Constant(0)), (3, Gen.Choose(1, 9)), (1, Gen.Choose(1, most))).ListOf(cells.Count).Select(counts =>
        {
            var numbers = new Dictionary<CellAddress, decimal>();
            foreach (var (cell, count) in cells.Zip(counts))
            {
                numbers[cell.Address] = cell.Column.SumOf.Count > 0
                    ? cell.Column.SumOf.Sum(key => numbers[cell.Address with { Column = key }])
                    : cell.Column.Decimals > 0 ? ReportContent.Normalised(count / 100m) : count;
            }
            return numbers;
        });
    }
}
