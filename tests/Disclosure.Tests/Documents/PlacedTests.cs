using Disclosure.Contents;
using Disclosure.Documents;
using Disclosure.Formats;

namespace Disclosure.Tests.Documents;

/// <summary>Documents that tell where on the page a number stands, as PDFs do: a blank cell leaves no trace but the place of its neighbours.</summary>
public class PlacedTests
{
    private static readonly IReadOnlyList<string> _headers = [.. KnownFormats.All[0].Table("applications").Blocks[0].Columns.Select(column => column.Label)];

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

    [Fact]
    public void Where_no_row_is_complete_the_words_of_the_header_place_the_values()
    {
        var filing = new PlacedPages().Applications(_headers).Row("一、本年新收政府信息公开申请数量", "5", "", "", "2", "", "", "7").Row("（一）予以公开", "", "3", "", "", "", "", "3").Read();

        Assert.Equal([5, 2, 7, 3, 3], filing.Content.Cells.OrderBy(cell => cell.Key.Row == "granted").Select(cell => cell.Value));
        Assert.Equal((3m, 3m), (filing.Cell("applications/granted/enterprise"), filing.Cell("applications/granted/total")));
    }

    [Fact]
    public void A_row_with_blank_cells_that_does_not_add_up_is_left_open()
    {
        var filing = new PlacedPages().Applications(_headers).Row("一、本年新收政府信息公开申请数量", "5", "", "", "2", "", "", "7").Row("（一）予以公开", "", "3", "", "", "", "", "4").Read();

        Assert.Equal(["received"], filing.Content.Cells.Keys.Select(cell => cell.Row).Distinct());
    }

    [Fact]
    public void A_header_in_another_order_places_nothing()
    {
        var filing = new PlacedPages().Applications([.. _headers.Take(1), .. _headers.Skip(1).Take(5).Reverse(), _headers[6]]).Row("一、本年新收政府信息公开申请数量", "5", "", "", "2", "", "", "7").Read();

        Assert.Empty(filing.Content.Cells);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(-12)]
    public void A_page_set_aside_of_the_one_before_is_read_by_where_its_totals_stand(double aside)
    {
        var filing = new PlacedPages().Applications(_headers).Row("一、本年新收政府信息公开申请数量", "5", "", "", "21", "", "", "26").Row("二、上年结转政府信息公开申请数量", "", "", "3", "", "", "", "3")
            .NextPage(aside).Row("（一）予以公开", "", "3", "", "", "", "", "3").Row("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "", "", "", "", "9", "8", "17").Read();

        Assert.Equal((3m, 9m, 8m, 17m), (
            filing.Cell("applications/granted/enterprise"), filing.Cell("applications/partiallyGranted/legalService"),
            filing.Cell("applications/partiallyGranted/otherOrganisation"), filing.Cell("applications/partiallyGranted/total")));
    }

    [Fact]
    public void A_page_set_aside_by_a_whole_column_is_left_open()
    {
        var filing = new PlacedPages().Applications(_headers).Row("一、本年新收政府信息公开申请数量", "5", "", "", "21", "", "", "26")
            .NextPage(-PlacedPages.Column).Row("（一）予以公开", "", "0", "", "0", "", "", "0").Row("四、结转下年度继续办理", "3", "", "", "", "", "", "3").Read();

        Assert.Equal(["received"], filing.Content.Cells.Keys.Select(cell => cell.Row).Distinct());
    }

    [Fact]
    public void Values_between_the_lines_of_a_label_are_its_own_though_the_row_before_has_none()
    {
        var filing = new PlacedPages().Applications(_headers).Row("一、本年新收政府信息公开申请数量", "5", "", "", "2", "", "", "7")
            .Row("（一）予以公开").Row("（二）部分公开（区分处理的，只计这一情\n形，不计其他情形）", "", "3", "", "", "", "", "3").Row("四、结转下年度继续办理").Read();

        Assert.Equal(["partiallyGranted", "received"], filing.Content.Cells.Keys.Select(cell => cell.Row).Distinct().Order());
        Assert.All(["granted", "carriedOver"], row => Assert.Equal(ReadingState.Blank, filing.Reading($"applications/{row}/total").State));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Blank_cells_of_table_2_are_told_by_its_header_on_the_same_page_alone(bool onAnotherPage)
    {
        var pages = new PlacedPages().Line("二、主动公开政府信息情况").Line("第二十条第（一）项").Row("信息内容", "本年制发件数", "本年废止件数", "现行有效件数");
        var filing = (onAnotherPage ? pages.NextPage(0) : pages).Row("规章", "1", "", "4").Row("行政规范性文件", "2", "1", "6").Read();

        Assert.Equal(onAnotherPage ? null : 4m, filing.Content.Cell(new CellAddress("proactive", "governmentRules", "inForce")));
        Assert.Equal(6, filing.Cell("proactive/normativeDocuments/inForce"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Blank_cells_of_table_4_are_told_by_its_header_on_the_same_page_alone(bool onAnotherPage)
    {
        var block = KnownFormats.All[0].Table("disputes").Blocks[0];
        var pages = new PlacedPages().Line("四、政府信息公开行政复议、行政诉讼情况").Words("行政复议", "行政诉讼").Words("未经复议直接起诉", "复议后起诉")
            .Row("", [.. block.Rows.SelectMany(_ => block.Columns).Select(column => column.Label)]);
        var filing = (onAnotherPage ? pages.NextPage(0) : pages).Row("", "1", "", "2", "", "3", "", "", "", "4", "4", "", "", "", "", "").Read();

        Assert.Equal(
            onAnotherPage ? [] : ["litigation/pending 4", "litigation/total 4", "reconsideration/otherResult 2", "reconsideration/total 3", "reconsideration/upheld 1"],
            filing.Content.Cells.Select(cell => $"{cell.Key.Row}/{cell.Key.Column} {cell.Value}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("", "6", "", "", "", "", "", "6")]
    [InlineData("数量", "6", "", "", "", "", "", "16")]
    public void Digits_right_below_longer_ones_may_be_their_rest_though_the_sums_hold_without_them(string label, params string[] rest)
    {
        var filing = new PlacedPages().Applications(_headers).Row("一、本年新收政府信息公开申请", "2400", "0", "0", "0", "0", "0", "2400").Row(label, rest)
            .Row("二、上年结转政府信息公开申请数量", "3", "0", "0", "0", "0", "0", "3").Read();

        Assert.Equal(["carriedIn"], filing.Content.Cells.Keys.Select(cell => cell.Row).Distinct());
    }

    [Theory]
    [InlineData("二、上年结转政府信息公开申请数量")]
    [InlineData("二、上年结转政府\n信息公开申请数量")]
    public void Digits_below_longer_ones_are_their_own_rows_where_its_label_stands_beside_them(string label)
    {
        var filing = new PlacedPages().Applications(_headers).Row("一、本年新收政府信息公开申请数量", "2400", "0", "0", "0", "0", "0", "2400").Row(label, "6", "", "", "", "", "", "6").Read();

        Assert.Equal((2400m, 6m), (filing.Cell("applications/received/total"), filing.Cell("applications/carriedIn/total")));
    }

    [Fact]
    public void The_last_of_several_lines_of_digits_in_table_4_is_no_row_of_its_own()
    {
        var block = KnownFormats.All[0].Table("disputes").Blocks[0];
        string[] digits = [.. Enumerable.Repeat("631", 15)];
        var filing = new PlacedPages().Line("四、政府信息公开行政复议、行政诉讼情况").Words("行政复议", "行政诉讼").Words("未经复议直接起诉", "复议后起诉")
            .Row("", [.. block.Rows.SelectMany(_ => block.Columns).Select(column => column.Label)]).Row("", digits).Row("", [.. digits.Select(_ => "9")]).Read();

        Assert.Empty(filing.Content.Cells);
    }

    [Fact]
    public void Headers_of_two_columns_in_one_cell_place_no_number()
    {
        var filing = new PlacedPages().Line("二、主动公开政府信息情况").Line("第二十条第（六）项").Row("信息内容", "上一年项目数", "本年增/减 处理决定数量", "量").Row("行政强制", "9", "3", "1").Read();

        Assert.Empty(filing.Content.Cells);
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
            var cells = values.Select((text, at) => new SourceCell(text, i + 1, at + 1) { Place = new PagePlace(1, 20 * i, 10, [Across(at - first, values == parts ? 0 : shift)]) }).Where(cell => cell.Text.Length > 0).ToList();
            rows.Add(new SourceRow(cells.Count > 0 ? cells : [new SourceCell("", i + 1, 1)], cells.Count > 1 ? 1 : null));
        }
        return Assert.IsType<ReadResult.Report>(ReportReader.Read(new SourceText(rows))).Filing;
    }

    private static Extent Across(int column, double shift) => new(200 + (40 * column) + shift, 206 + (40 * column) + shift);

    /// <summary>A report of a few rows on pages: labels on the left, numbers below the middle of the words that head them.</summary>
    private sealed class PlacedPages
    {
        public const double Column = 90;

        private const double Size = 10;
        private readonly List<SourceRow> _rows = [];
        private (int Page, double Down, double Aside) _at = (1, 0, 0);

        public PlacedPages() => Line("云州市财政局2023年政府信息公开工作年度报告");

        public PlacedPages Applications(IReadOnlyList<string> headers) => Line("三、收到和处理政府信息公开申请情况").Words("申请人情况").Words("法人或其他组织").Row("", [.. headers]);

        public PlacedPages Line(string text) => Words(text);

        public PlacedPages Words(params string[] words) => Add([.. words.Select((word, i) => Cell(word, 300 + (200 * i)))]);

        public PlacedPages NextPage(double aside)
        {
            _at = (_at.Page + 1, 0, aside);
            return this;
        }

        /// <summary>The lines of a label stand around the middle of its row.</summary>
        public PlacedPages Row(string label, params string[] values)
        {
            var lines = label.Split('\n');
            List<SourceCell> Cells() => [.. values.Select((text, i) => Cell(text, 500 + (Column * i))).Where(cell => cell.Text.Length > 0)];
            return lines is [var above, var below] ? Add([Cell(above, 200)]).Add(Cells()).Add([Cell(below, 200)])
                : Add(label.Length > 0 ? [Cell(label, 200), .. Cells()] : Cells());
        }

        public Filing Read() => Assert.IsType<ReadResult.Report>(ReportReader.Read(new SourceText(_rows))).Filing;

        private PlacedPages Add(List<SourceCell> cells)
        {
            _rows.Add(new SourceRow(cells, cells.Count > 1 ? 1 : null));
            _at.Down += Size;
            return this;
        }

        private SourceCell Cell(string text, double middle)
        {
            var half = Size * text.Sum(c => char.IsAscii(c) ? 0.5 : 1) / 2;
            return new SourceCell(text, _rows.Count + 1, (int)middle) { Place = new PagePlace(_at.Page, _at.Down, Size, [new Extent(middle + _at.Aside - half, middle + _at.Aside + half)]) };
        }
    }
}
