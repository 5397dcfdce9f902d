using System.Globalization;
using Disclosure.Formats;

namespace Disclosure.Tests.Documents;

/// <summary>Writes a report of a made-up agency in either layout of plain text. Tests change its lines and rows before it is written.</summary>
internal sealed class ReportText
{
    private static readonly string[] _fiveResults = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];

    public ReportText(string form = "2021", Func<Cell, string>? cell = null)
    {
        cell ??= _ => "0";
        var format = KnownFormats.ByKey(form)!;
        Tables = new()
        {
            ["proactive"] = Proactive(format.Table("proactive"), cell),
            ["applications"] = Applications(format.Table("applications"), cell),
            ["disputes"] = Disputes(format.Table("disputes"), cell),
        };
    }

    public string Title { get; set; } = "云州市北湖区文化局2023年政府信息公开工作年度报告";

    /// <summary>The prose of each section, a paragraph a line.</summary>
    public Dictionary<string, string> Prose { get; } = new()
    {
        ["preamble"] = "本报告统计期限自2023年1月1日起至2023年12月31日止。",
        ["overview"] = "（一）主动公开。公开信息十条。",
        ["problems"] = "公开不够及时，已经改进。",
        ["otherMatters"] = "没有收取信息处理费。",
    };

    public Dictionary<string, string?> Headings { get; } = Sections.All.ToDictionary(section => section.Key, section => section.Heading);

    public Dictionary<string, List<List<string>>> Tables { get; }

    /// <summary>The row whose labels hold these words.</summary>
    public List<string> Row(string table, string label) => Tables[table].First(row => row.Exists(cell => cell.Contains(label, StringComparison.Ordinal)));

    public string InTabs() => Written(table => string.Concat(table.Select(row => string.Join('\t', row) + "\n")) + "\n");

    public string InCells() => Written(table => string.Concat(table.Select(row => string.Concat(row.Select(cell => $"\t{cell}\n")) + "\n")) + "\n");

    private string Written(Func<List<List<string>>, string> layout)
    {
        var text = $"{Title}\n\n{Prose.GetValueOrDefault("preamble")}\n";
        foreach (var section in Sections.All.Skip(1))
        {
            text += $"\n{Headings[section.Key]}\n\n{Prose.GetValueOrDefault(section.Key)}\n\n";
            text += Tables.TryGetValue(section.Key, out var table) ? layout(table) : "";
        }
        return text;
    }

    private static List<List<string>> Proactive(Table table, Func<Cell, string> cell)
    {
        var rows = new List<List<string>>();
        foreach (var block in table.Blocks)
        {
            rows.Add([block.Caption!, "", "", ""]);
            rows.Add([.. Padded(["信息内容", .. block.Columns.Select(column => column.Label)], 4)]);
            rows.AddRange(block.Rows.Select(row => Padded([row.Label, .. block.Columns.Select(column => cell(Cell(table, row, column)))], 4)));
        }
        return rows;
    }

    /// <summary>Three columns of labels. A spanning label is printed once, in the first of its rows.</summary>
    private static List<List<string>> Applications(Table table, Func<Cell, string> cell)
    {
        var columns = table.Blocks[0].Columns;
        List<List<string>> rows =
        [
            [table.Note!, "", "", "申请人情况", "", "", "", "", "", ""],
            ["", "", "", "自然人", "法人或其他组织", "", "", "", "", "总计"],
            ["", "", "", "", .. columns.Skip(1).SkipLast(1).Select(column => column.Label), ""],
        ];
        var printed = new HashSet<string>();
        foreach (var row in table.Blocks[0].Rows)
        {
            List<string> labels = [.. row.Under.Select(under => printed.Add(under) ? under : ""), row.Label];
            rows.Add([.. Padded(labels, 3), .. columns.Select(column => cell(Cell(table, row, column)))]);
        }
        return rows;
    }

    private static List<List<string>> Disputes(Table table, Func<Cell, string> cell) =>
    [
        Padded(["行政复议", "", "", "", "", "行政诉讼"], 15),
        Padded([.. _fiveResults, "未经复议直接起诉", "", "", "", "", "复议后起诉"], 15),
        ["", "", "", "", "", .. _fiveResults, .. _fiveResults],
        [.. table.Cells.Select(cell)],
    ];

    private static Cell Cell(Table table, Row row, Column column) => table.Find(new CellAddress(table.Key, row.Key, column.Key))!;

    private static List<string> Padded(List<string> cells, int width) => [.. cells, .. Enumerable.Repeat("", Math.Max(0, width - cells.Count))];

    public static string Number(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
