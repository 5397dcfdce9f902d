using System.Text;
using Disclosure.Contents;
using Disclosure.Documents;
using Disclosure.Formats;

namespace Disclosure.Tests.Documents;

/// <summary>Rows with | between their cells, with all that converters add to them.</summary>
public class PipeTests
{
    private static string Number(Cell cell) => cell.Column.Decimals > 0 ? "36.5" : $"{1 + (Math.Abs(cell.Address.Pointer.Aggregate(3, (hash, c) => unchecked((hash * 31) + c))) % 900)}";

    public static TheoryData<string> Forms => ["2019", "2021"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_number_is_read_where_merged_cells_say_their_words_again(string form) => AssertAllSure(form, Written(form, table => string.Concat(table.Select(row => Line(Filled(row))))));

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_number_is_read_from_tables_cut_in_pieces_with_wrong_headers_and_an_empty_column(string form) => AssertAllSure(form, Written(form, table =>
    {
        var text = new StringBuilder();
        foreach (var (row, i) in table.Select((row, i) => (row, i)))
        {
            text.Append(i % 7 == 5 ? "\n" : "").Append(Line([.. row, ""])).Append(i % 7 is 0 or 5 ? Line(row.Append("").Select(_ => "---")) : "");
        }
        return text.ToString();
    }));

    public static TheoryData<string, string> Piped => new MatrixTheoryData<string, string>(["2019", "2021"], PipedText.Layouts);

    [Theory]
    [MemberData(nameof(Piped))]
    public void Every_number_is_read_from_pages_whose_cells_end_with_the_sign(string form, string layout) => AssertAllSure(form, new PipedText(form, Number).In(layout));

    /// <summary>Numbers stand where they do among blank cells too, whatever fills up the rows.</summary>
    [Theory]
    [MemberData(nameof(Piped))]
    public void A_blank_cell_keeps_its_place_among_cells_that_end_with_the_sign(string form, string layout)
    {
        static bool IsBlank(Cell cell) => cell.Address.Column is not ("total" or "decisions") && Number(cell).Length == 2;
        var filing = Reports.Read(new PipedText(form, cell => IsBlank(cell) ? "" : Number(cell)).In(layout));

        var printed = KnownFormats.ByKey(form)!.Tables.SelectMany(table => table.Cells).Where(cell => !IsBlank(cell));
        Reports.AssertCells(printed.ToDictionary(cell => cell.Address, cell => decimal.Parse(Number(cell), System.Globalization.CultureInfo.InvariantCulture)), filing);
    }

    [Fact]
    public void Links_with_the_sign_between_are_no_table()
    {
        var text = new PipedText("2021", Number).In("counted").Replace("来源：", "首页 |\n公开 |\n年报 |\n|\n来源：", StringComparison.Ordinal);

        AssertAllSure("2021", text);
        Assert.Contains("首页", Reports.Read(text).Word("/sections/preamble"), StringComparison.Ordinal);
    }

    [Fact]
    public void Signs_of_markdown_are_no_part_of_headings()
    {
        var text = Written("2021", table => string.Concat(table.Select(Line)));
        var marked = string.Join('\n', text.Split('\n').Select(line => line.Length > 1 && line[1] == '、' ? $"## **{line}**" : line));

        var filing = Assert.IsType<ReadResult.Report>(ReportReader.Read(MarkdownText.Read(marked))).Filing;

        Assert.Null(filing.Word("/source/headings/0/printed"));
        Assert.All(filing.Content.Words, word => Assert.DoesNotContain("*", word.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void A_number_said_again_under_a_merged_header_is_one_number()
    {
        var text = Written("2021", table => string.Concat(table.Select(row => row.Contains("本年处理决定数量") ? "| 信息内容 | 本年处理决定数量 | 本年处理决定数量 | 本年处理决定数量 |\n"
            : row[0] is "行政许可" ? "| 行政许可 | 550 | 550 | 550 |\n" : row[0] is "行政处罚" ? "| 行政处罚 | 41 | 41 | 14 |\n" : Line(row))));

        var filing = Reports.Read(text);

        Assert.Equal(550, filing.Cell("proactive/licensing/decisions"));
        Assert.Null(filing.Cell("proactive/penalties/decisions"));
        Assert.Equal(ReadingState.Uncertain, filing.Reading("proactive/penalties/decisions").State);
    }

    private static string Written(string form, Func<List<List<string>>, string> table)
    {
        var report = new ReportText(form, Number);
        var text = report.InTabs();
        foreach (var rows in report.Tables.Values)
        {
            text = text.Replace(string.Concat(rows.Select(row => string.Join('\t', row) + "\n")), table(rows), StringComparison.Ordinal);
        }
        return text;
    }

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |\n";

    /// <summary>A blank right of words is filled with the same words, as converters write merged cells. Blanks before the first words stay.</summary>
    private static List<string> Filled(List<string> row)
    {
        var filled = new List<string>();
        foreach (var cell in row)
        {
            filled.Add(cell.Length == 0 && filled.Count > 0 && filled[^1].Any(c => c > 0x2E80) ? filled[^1] : cell);
        }
        return filled;
    }

    private static void AssertAllSure(string form, string text)
    {
        var filing = Reports.Read(text);
        var cells = KnownFormats.ByKey(form)!.Tables.SelectMany(table => table.Cells);
        Reports.AssertCells(cells.ToDictionary(cell => cell.Address, cell => decimal.Parse(Number(cell), System.Globalization.CultureInfo.InvariantCulture)), filing);
        Assert.Equal(2023, filing.Year);
    }
}
