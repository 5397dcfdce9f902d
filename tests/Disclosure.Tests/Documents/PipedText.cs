using System.Text;
using Disclosure.Formats;

namespace Disclosure.Tests.Documents;

/// <summary>A report of a made-up agency as converters of web pages write its tables, with | behind each cell and none where a merged cell goes on.</summary>
internal sealed class PipedText(string form, Func<Cell, string> cell)
{
    public static readonly string[] Layouts = ["ended", "filled", "counted", "signs", "led", "unfilled"];

    private readonly ReportFormat _form = KnownFormats.ByKey(form)!;

    public string In(string layout) => Written(layout switch
    {
        // A row a line.
        "ended" => (_, row) => $"{string.Join(" | ", row)} |\n",
        // The same with | at its start, and filled up to the table's width.
        "filled" => (width, row) => $"| {string.Join(" | ", row)} | {Fill(width, row)}\n",
        // A cell a line, filled up on a line of its own.
        "counted" => (width, row) => string.Concat(row.Select(Ended)) + Line(Fill(width, row)),
        // The same with each | on a line of its own, and a column of which the table has no cells.
        "signs" => (width, row) => string.Concat(row.Select(text => $"{Line(text)}|\n")) + Line(Fill(width + 1, row)),
        // The same with | before each row.
        "led" => (width, row) => $"| \n{string.Join('\n', row.Select(text => $" {text}  | "))}{Fill(width, row)}\n",
        // A cell a line, and nothing that shows where a row ends.
        _ => (_, row) => string.Concat(row.Select(Ended)),
    });

    private static string Ended(string text) => text.Length > 0 ? $"{text} |\n" : "|\n";

    private static string Line(string text) => text.Length > 0 ? $"{text}\n" : "";

    private static string Fill(int width, List<string> row) => new('|', width - row.Count);

    private string Written(Func<int, List<string>, string> row)
    {
        var text = new StringBuilder("云州市北湖区文化局2023年政府信息公开工作年度报告\n来源：北湖区人民政府 浏览次数：128\n一、总体情况\n（一）主动公开。公开信息十条。\n");
        foreach (var (section, width, rows) in Tables())
        {
            text.Append(Sections.Find(section)!.Heading).Append('\n').AppendJoin("", rows.Select(cells => row(width, cells)));
        }
        return text.Append("五、存在的主要问题及改进情况\n公开不够及时，已经改进。\n六、其他需要报告的事项\n没有收取信息处理费。\n").ToString();
    }

    private IEnumerable<(string Section, int Width, List<List<string>> Rows)> Tables()
    {
        var proactive = _form.Table("proactive");
        yield return ("proactive", 4, [.. proactive.Blocks.SelectMany(block => (List<string>[])
            [[block.Caption!], ["信息内容", .. block.Columns.Select(column => column.Label)], .. block.Rows.Select(row => (List<string>)[row.Label, .. Values(proactive, block, row)])])]);
        var applications = _form.Table("applications");
        var printed = new HashSet<string>();
        yield return ("applications", 10,
        [
            [applications.Note!, "申请人情况"], ["自然人", "法人或其他组织", "总计"], [.. applications.Blocks[0].Columns.Where(column => column.Under is not null).Select(column => column.Label)],
            .. applications.Blocks[0].Rows.Select(row => (List<string>)[.. row.Under.Where(printed.Add), row.Label, .. Values(applications, applications.Blocks[0], row)]),
        ]);
        var disputes = _form.Table("disputes");
        List<string> results = [.. disputes.Blocks[0].Columns.Select(column => column.Label)];
        yield return ("disputes", 15, [["行政复议", "行政诉讼"], [.. results, "未经复议直接起诉", "复议后起诉"], [.. results, .. results], [.. disputes.Cells.Select(cell)]]);
    }

    private IEnumerable<string> Values(Table table, Block block, Row row) => block.Columns.Select(column => cell(table.Find(new CellAddress(table.Key, row.Key, column.Key))!));
}
