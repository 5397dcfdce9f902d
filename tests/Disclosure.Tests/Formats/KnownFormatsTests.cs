using Disclosure.Formats;

namespace Disclosure.Tests.Formats;

public class KnownFormatsTests
{
    [Theory]
    [InlineData("2021", 10, 175, 15)]
    [InlineData("2019", 22, 161, 15)]
    public void A_form_has_the_number_of_cells_that_its_notice_prints(string key, int proactive, int applications, int disputes)
    {
        var format = KnownFormats.ByKey(key)!;

        Assert.Equal([proactive, applications, disputes], format.Tables.Select(table => table.Cells.Count));
        Assert.Equal(proactive + applications + disputes, format.NumericCells);
    }

    [Theory]
    [InlineData(2018, null)]
    [InlineData(2019, "2019")]
    [InlineData(2020, "2019")]
    [InlineData(2021, "2021")]
    [InlineData(2030, "2021")]
    public void Each_report_year_has_the_form_that_was_in_force(int year, string? key) =>
        Assert.Equal(key, KnownFormats.ForYear(year)?.Key);

    [Fact]
    public void Every_total_adds_up_rows_and_columns_that_its_own_table_has()
    {
        foreach (var table in KnownFormats.All.SelectMany(format => format.Tables))
        {
            var rows = table.Rows.Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
            Assert.All(table.Rows.SelectMany(row => row.SumOf), key => Assert.Contains(key, rows));
            Assert.All(table.Balances.SelectMany(balance => balance.Left.Concat(balance.Right)), key => Assert.Contains(key, rows));
            foreach (var block in table.Blocks)
            {
                var columns = block.Columns.Select(column => column.Key).ToHashSet(StringComparer.Ordinal);
                Assert.All(block.Columns.SelectMany(column => column.SumOf), key => Assert.Contains(key, columns));
            }
        }
    }

    [Fact]
    public void A_cell_is_found_by_the_pointer_it_prints()
    {
        foreach (var cell in KnownFormats.All.SelectMany(format => format.Tables).SelectMany(table => table.Cells))
        {
            Assert.Equal(cell.Address, CellAddress.Parse(cell.Address.Pointer));
            Assert.NotNull(KnownFormats.FindCell(cell.Address));
        }
    }
}
