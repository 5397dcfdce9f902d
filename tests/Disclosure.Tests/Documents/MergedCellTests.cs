using Disclosure.Documents;
using Disclosure.Documents.Layouts;
using Disclosure.Formats;

namespace Disclosure.Tests.Documents;

/// <summary>Tables of pages and word processors whose grid is cut up otherwise in each row, as hand-drawn columns leave it.</summary>
public class MergedCellTests
{
    [Theory]
    [InlineData("2019")]
    [InlineData("2021")]
    public void Every_number_is_read_whichever_columns_of_the_grid_its_cell_spans(string form)
    {
        for (var seed = 1; seed <= Cases.Of(30); seed++)
        {
            var random = new Random(seed);
            var numbers = new Dictionary<CellAddress, decimal>();
            string Printed(Cell cell)
            {
                if (random.Next(4) == 0)
                {
                    return "";
                }
                numbers[cell.Address] = random.Next(1, 4000);
                return ReportText.Number(numbers[cell.Address]);
            }
            var rows = new GridText(form, Printed, random).Rows();

            Reports.AssertCells(numbers, Assert.IsType<ReadResult.Report>(ReportReader.Read(new SourceText(rows))).Filing);
        }
    }

    [Fact]
    public void A_row_that_ends_early_is_a_row_for_what_reaches_down_into_it()
    {
        var grid = new TableGrid(1);
        static GridCell Cell(string text, int rows = 1) => new(new SourceCell(text, 1, 1), 1, rows);

        grid.Next([Cell("自然人"), Cell("商业企业"), Cell("总计", rows: 2)]);
        grid.Next([Cell("其他")]);

        Assert.Equal(["3", "4", "7"], grid.Next([Cell("3"), Cell("4"), Cell("7")]).Cells.Select(cell => cell.Text));
    }

    /// <summary>The official tables on grids of more columns than they have, over which the cells of each row are spread at random.</summary>
    private sealed class GridText(string form, Func<Cell, string> cell, Random random)
    {
        private readonly ReportFormat _form = KnownFormats.ByKey(form)!;
        private int _line;

        public List<SourceRow> Rows() =>
        [
            Prose("云州市北湖区文化局2023年政府信息公开工作年度报告"),
            Prose("二、主动公开政府信息情况"), .. Laid(1, Proactive()),
            Prose("三、收到和处理政府信息公开申请情况"), .. Laid(2, Applications()),
            Prose("四、政府信息公开行政复议、行政诉讼情况"), .. Laid(3, Disputes()),
        ];

        private SourceRow Prose(string text) => new([new SourceCell(text, ++_line, 1)], null);

        private static IEnumerable<SourceRow> Laid(int table, IEnumerable<IEnumerable<GridCell>> rows)
        {
            var grid = new TableGrid(table);
            return rows.Select(row => grid.Next(row));
        }

        private IEnumerable<IEnumerable<GridCell>> Proactive()
        {
            var (table, more) = (_form.Table("proactive"), random.Next(4));
            foreach (var block in table.Blocks)
            {
                yield return [At(block.Caption!, 4 + more)];
                yield return [At("信息内容"), .. Spread(block.Columns.Select(column => column.Label), 3 + more)];
                foreach (var row in block.Rows)
                {
                    yield return [At(row.Label), .. Spread(block.Columns.Select(column => Value(table, row, column)), 3 + more)];
                }
            }
        }

        private IEnumerable<IEnumerable<GridCell>> Applications()
        {
            var (table, more) = (_form.Table("applications"), random.Next(4));
            var columns = table.Blocks[0].Columns;
            yield return [At(table.Note!, 3, 3), At("申请人情况", 7 + more)];
            yield return [At("自然人", 1, 2), At("法人或其他组织", 5 + more), At("总计", 1, 2)];
            yield return columns.Where(column => column.Under is not null).Select(column => At(column.Label));
            var printed = new HashSet<string>();
            foreach (var row in table.Rows)
            {
                var spanning = row.Under.Where(printed.Add).Select(under => At(under, 1, table.Rows.Count(other => other.Under.Contains(under))));
                yield return [.. spanning, At(row.Label, 3 - row.Under.Count), .. Spread(columns.Select(column => Value(table, row, column)), 7 + more)];
            }
        }

        private IEnumerable<IEnumerable<GridCell>> Disputes()
        {
            var table = _form.Table("disputes");
            var results = table.Blocks[0].Columns.Select(column => column.Label).ToList();
            yield return [At("行政复议", 5), At("行政诉讼", 10)];
            yield return [.. results.Select(result => At(result, 1, 2)), At("未经复议直接起诉", 5), At("复议后起诉", 5)];
            yield return results.Concat(results).Select(result => At(result));
            yield return Spread(table.Cells.Select(cell), 15 + random.Next(4));
        }

        private IEnumerable<GridCell> Spread(IEnumerable<string> texts, int width)
        {
            var cells = texts.ToList();
            var spans = cells.ConvertAll(_ => 1);
            for (var left = width - cells.Count; left > 0; left--)
            {
                spans[random.Next(spans.Count)]++;
            }
            return cells.Zip(spans, (text, span) => At(text, span));
        }

        private GridCell At(string text, int columns = 1, int rows = 1) => new(new SourceCell(text, ++_line, 1), columns, rows);

        private string Value(Table table, Row row, Column column) => cell(table.Find(new CellAddress(table.Key, row.Key, column.Key))!);
    }
}
