using Disclosure.Contents;
using Disclosure.Documents;

namespace Disclosure.Tests.Documents;

/// <summary>Documents that tell where on the page a number stands, as PDFs do: a blank cell leaves no trace but the place of its neighbours.</summary>
public class PlacedTests
{
    [Fact]
    public void Values_of_a_row_with_blank_cells_are_placed_by_the_complete_rows()
    {
        var filing = Read(["5", "", "", "2", "", "", "7"], shift: 0);

        Assert.Equal((5m, 2m, 7m), (filing.Cell("applications/granted/naturalPerson"), filing.Cell("applications/granted/publicWelfare"), filing.Cell("applications/granted/total")));
        Assert.Equal(ReadingState.Blank, filing.Reading("applications/granted/enterprise").State);
    }

    [Fact]
    public void A_value_that_stands_between_two_columns_is_left_open()
    {
        var filing = Read(["5", "", "", "2", "", "", "7"], shift: 20);

        Assert.DoesNotContain(filing.Content.Cells, cell => cell.Key.Row == "granted");
    }

    private static Filing Read(string[] granted, double shift)
    {
        var lines = new LooseText("2021", cell => cell.Column.Decimals > 0 ? "1.5" : cell.Column.Key is "total" or "naturalPerson" or "upheld" ? "7" : "0").InLines().Split('\n');
        var rows = new List<SourceRow>();
        foreach (var (line, i) in lines.Select((line, i) => (line, i)))
        {
            var parts = line.Split('\t');
            var values = parts[0].StartsWith("（一）予以公开", StringComparison.Ordinal) ? [parts[0], .. granted] : parts;
            var first = values.Length > 7 ? 1 : 0;
            var cells = values.Select((text, at) => new SourceCell(text, i + 1, at + 1) { Place = new PagePlace(1, 20 * i, 10, [Place(at - first, values == parts ? 0 : shift)]) }).Where(cell => cell.Text.Length > 0).ToList();
            rows.Add(new SourceRow(cells.Count > 0 ? cells : [new SourceCell("", i + 1, 1)], cells.Count > 1 ? 1 : null));
        }
        return Assert.IsType<ReadResult.Report>(ReportReader.Read(new SourceText(rows))).Filing;
    }

    private static Extent Place(int column, double shift) => new(200 + (40 * column) + shift, 206 + (40 * column) + shift);
}
