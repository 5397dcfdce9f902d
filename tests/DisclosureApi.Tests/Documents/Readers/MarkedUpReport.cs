using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using Disclosure.Formats;

namespace DisclosureApi.Tests.Documents.Readers;

/// <summary>A report of a made-up agency as HTML or DOCX, its tables with the merged cells of the official form.</summary>
internal sealed class MarkedUpReport(string form, Func<Cell, string> cell)
{
    private sealed record Merged(string Text, int Columns = 1, int Rows = 1);

    private static readonly string[] _results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];

    private readonly ReportFormat _form = KnownFormats.ByKey(form)!;

    /// <summary>A number for each cell that no other cell of its row has, so that a shift is seen.</summary>
    public static string Distinct(Cell cell) =>
        cell.Column.Decimals > 0 ? "7730.28" : (1 + (Math.Abs(cell.Address.Pointer.Aggregate(7, (hash, c) => unchecked((hash * 31) + c))) % 9000)).ToString(CultureInfo.InvariantCulture);

    public string Html(Func<string, string>? words = null) => Written(
        line => $"<p>{(words ?? WebUtility.HtmlEncode)(line)}</p>\n",
        rows => "<table>\n" + string.Concat(rows.Select(row => "<tr>" + string.Concat(row.Select(td =>
            $"<td{Span("colspan", td.Columns)}{Span("rowspan", td.Rows)}>{(words ?? WebUtility.HtmlEncode)(td.Text)}</td>")) + "</tr>\n")) + "</table>\n");

    public byte[] Docx(Func<string, string>? runs = null) => Packed(DocumentXml(runs));

    public string DocumentXml(Func<string, string>? runs = null)
    {
        runs ??= text => $"<w:r><w:t xml:space=\"preserve\">{WebUtility.HtmlEncode(text)}</w:t></w:r>";
        return $"""
            <?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{Written(
                line => $"<w:p>{runs(line)}</w:p>",
                rows => "<w:tbl>" + string.Concat(WordRows(rows).Select(row => $"<w:tr>{string.Concat(row.Select(tc => Tc(tc, runs)))}</w:tr>")) + "</w:tbl>")}</w:body></w:document>
            """;
    }

    public static byte[] Packed(string documentXml, params (string Name, string Text)[] parts)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts.Prepend(("word/document.xml", documentXml)).Prepend(("_rels/.rels",
                """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>""")))
            {
                using var part = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
                part.Write(text);
            }
        }
        return bytes.ToArray();
    }

    private string Written(Func<string, string> line, Func<List<List<Merged>>, string> table)
    {
        var text = new StringBuilder(line("云州市北湖区文化局2023年政府信息公开工作年度报告")).Append(line("本报告统计期限自2023年1月1日起至2023年12月31日止。"));
        foreach (var section in Sections.All.Where(section => section.Heading is not null))
        {
            text.Append(line(section.Heading!));
            text.Append(KnownFormats.TableKeys.Contains(section.Key) ? table(Rows(_form.Table(section.Key))) : line($"{section.Heading![2..]}的内容，依法办理。"));
        }
        return text.ToString();
    }

    private List<List<Merged>> Rows(Table table) => table.Key switch { "proactive" => Proactive(table), "applications" => Applications(table), _ => Disputes(table) };

    private List<List<Merged>> Proactive(Table table)
    {
        var rows = new List<List<Merged>>();
        foreach (var block in table.Blocks)
        {
            var width = 3 / block.Columns.Count;
            rows.Add([new(block.Caption!, 4)]);
            rows.Add([new("信息内容"), .. block.Columns.Select(column => new Merged(column.Label, width))]);
            rows.AddRange(block.Rows.Select(row => (List<Merged>)[new(row.Label), .. block.Columns.Select(column => new Merged(Value(table, row, column), width))]));
        }
        return rows;
    }

    private List<List<Merged>> Applications(Table table)
    {
        var columns = table.Blocks[0].Columns;
        List<List<Merged>> rows =
        [
            [new(table.Note!, 3, 3), new("申请人情况", 7)],
            [new("自然人", 1, 2), new("法人或其他组织", 5), new("总计", 1, 2)],
            [.. columns.Where(column => column.Under is not null).Select(column => new Merged(column.Label))],
        ];
        var printed = new HashSet<string>();
        foreach (var row in table.Rows)
        {
            List<Merged> labels = [.. row.Under.Where(printed.Add).Select(under => new Merged(under, 1, table.Rows.Count(other => other.Under.Contains(under))))];
            rows.Add([.. labels, new(row.Label, 3 - row.Under.Count), .. columns.Select(column => new Merged(Value(table, row, column)))]);
        }
        return rows;
    }

    private List<List<Merged>> Disputes(Table table) =>
    [
        [new("行政复议", 5), new("行政诉讼", 10)],
        [.. _results.Select(result => new Merged(result, 1, 2)), new("未经复议直接起诉", 5), new("复议后起诉", 5)],
        [.. _results.Select(result => new Merged(result)), .. _results.Select(result => new Merged(result))],
        [.. table.Cells.Select(value => new Merged(cell(value)))],
    ];

    private string Value(Table table, Row row, Column column) => cell(table.Find(new CellAddress(table.Key, row.Key, column.Key))!);

    private static string Span(string name, int span) => span == 1 ? "" : $" {name}=\"{span}\"";

    private static string Tc(Merged cell, Func<string, string> runs) =>
        $"<w:tc><w:tcPr>{(cell.Columns > 1 ? $"<w:gridSpan w:val=\"{cell.Columns}\"/>" : "")}{(cell.Rows > 1 ? "<w:vMerge w:val=\"restart\"/>" : cell.Rows == 0 ? "<w:vMerge/>" : "")}</w:tcPr><w:p>{runs(cell.Text)}</w:p></w:tc>";

    /// <summary>Word writes a cell for each row that a merged cell covers.</summary>
    private static IEnumerable<List<Merged>> WordRows(List<List<Merged>> rows)
    {
        var covered = new Dictionary<int, (int Rows, int Columns)>();
        foreach (var row in rows)
        {
            var (at, written, left) = (0, new List<Merged>(), new Queue<Merged>(row));
            while (left.Count > 0 || covered.GetValueOrDefault(at).Rows > 0)
            {
                if (covered.TryGetValue(at, out var above) && above.Rows > 0)
                {
                    covered[at] = (above.Rows - 1, above.Columns);
                    written.Add(new Merged("", above.Columns, 0));
                    at += above.Columns;
                    continue;
                }
                var next = left.Dequeue();
                covered[at] = (next.Rows - 1, next.Columns);
                written.Add(next);
                at += next.Columns;
            }
            yield return written;
        }
    }
}
