using System.Text;
using Disclosure.Formats;

namespace Disclosure.Tests.Documents;

/// <summary>A report of a made-up agency as converters leave it when they lose the cells of its tables.</summary>
internal sealed class LooseText(string form, Func<Cell, string> cell)
{
    private const int WidestLabel = 17;
    private static readonly string[] _results = ["结果", "维持", "结果", "纠正", "其他", "结果", "尚未", "审结", "总计"];

    private readonly ReportFormat _form = KnownFormats.ByKey(form)!;

    /// <summary>The lines of a page: tabs between what stands side by side, long labels above and below their numbers, page numbers between.</summary>
    public string InLines() => Written("\t", label => label.Length <= WidestLabel ? (label, "") : (label[..WidestLabel], label[WidestLabel..]), page: true);

    /// <summary>One piece a line, in the order a page draws them.</summary>
    public string InPieces() => Written("\n", label => label.Length <= WidestLabel ? (label, "") : (label[..WidestLabel] + "\n" + label[WidestLabel..], ""), page: true);

    /// <summary>A blank between label and numbers.</summary>
    public string InBlanks() => Written(" ", label => (label, ""), page: false);

    /// <summary>Nothing between label and numbers.</summary>
    public string RunTogether() => Written("", label => (label, ""), page: false);

    private string Written(string between, Func<string, (string Above, string Below)> wrap, bool page)
    {
        var text = new StringBuilder("云州市北湖区人民政府\n2023 年政府信息公开工作年度报告\n本报告所列数据统计期限自 2023年 1月 1日起至 2023年 12月 31日止。\n一、总体情况\n（一）主动公开。2023年公开规章 1件、行政规范性文件 2件，行政复议 3\n件。\n");
        text.Append(page ? "-1 -\n" : "").Append("二、主动公开政府信息情况\n");
        foreach (var block in _form.Table("proactive").Blocks)
        {
            text.Append($"{block.Caption}\n").AppendJoin(between == "" ? "\n" : between, ["信息内容", .. block.Columns.Select(column => column.Label)]).Append('\n');
            foreach (var row in block.Rows)
            {
                text.AppendJoin(between, [row.Label, .. block.Columns.Select(column => Value("proactive", row, column))]).Append('\n');
            }
            text.Append(page && block == _form.Table("proactive").Blocks[1] ? "-2 -\n" : "");
        }
        text.Append("三、收到和处理政府信息公开申请情况\n");
        Applications(text, between, wrap, page);
        text.Append("四、政府信息公开行政复议、行政诉讼情况\n").AppendJoin(between == "" ? "\n" : between, ["行政复议", "行政诉讼"]).Append('\n');
        text.AppendJoin('\n', [.. _results, "未经复议直接起诉", "复议后起诉", .. _results, .. _results]).Append('\n');
        text.AppendJoin(between, _form.Table("disputes").Cells.Select(cell)).Append('\n');
        return text.Append("五、存在的主要问题及改进情况\n公开不够及时，已经改进。\n六、其他需要报告的事项\n没有收取信息处理费。\n").Append(page ? "- 4 -\n" : "").ToString();
    }

    private void Applications(StringBuilder text, string between, Func<string, (string Above, string Below)> wrap, bool page)
    {
        var table = _form.Table("applications");
        text.Append("（本列数据的勾稽关系为：第一项加第二项之和，等\n于第三项加第四项之和）\n申请人情况\n自然人\n法人或其他组织\n总计\n商业\n企业\n科研\n机构\n社会\n公益\n组织\n法律\n服务\n机构\n其他\n");
        var printed = new HashSet<string>();
        foreach (var row in table.Rows)
        {
            foreach (var under in row.Under.Where(printed.Add))
            {
                text.AppendJoin('\n', under.Length > 8 ? under.Select(c => c.ToString()) : [under]).Append('\n');
            }
            var (above, below) = wrap(row.Label);
            var values = table.Blocks[0].Columns.Select(column => Value("applications", row, column));
            text.Append(below.Length > 0 ? $"{above}\n{string.Join(between, values)}\n{below}\n" : string.Join(between, values.Prepend(above)) + "\n");
            text.Append(page && row.Key == "refused.deliberative" ? "- 3 -\n" : "");
        }
    }

    private string Value(string table, Row row, Column column) => cell(_form.Table(table).Find(new CellAddress(table, row.Key, column.Key))!);
}
