using System.Globalization;
using System.Text;

namespace Disclosure.Documents.Writing;

/// <summary>
/// The official document as one page of HTML that needs nothing else: tables that a screen reader can tell the headers of,
/// and print rules for A4 with the margins of official documents (GB/T 9704).
/// </summary>
public static class HtmlRendering
{
    private const string Style = """
        @page{size:A4;margin:37mm 26mm 35mm 28mm}
        body{max-width:50em;margin:2em auto;padding:0 1em;font:16pt/1.75 "仿宋_GB2312",FangSong,STFangsong,"FangSong SC","Noto Serif CJK SC",serif;color:#000;background:#fff}
        h1{font:22pt/1.5 "方正小标宋简体",FZXiaoBiaoSong-B05S,STZhongsong,"Noto Serif CJK SC",SimSun,serif;text-align:center}
        h2{font:16pt/1.75 "黑体",SimHei,"Heiti SC","Noto Sans CJK SC",sans-serif;text-indent:2em;margin:.5em 0;break-after:avoid}
        p,pre{margin:0;text-indent:2em;font:inherit;white-space:pre-wrap;overflow-wrap:anywhere}
        p.date{text-align:center;text-indent:0}
        table{width:100%;table-layout:fixed;border-collapse:collapse;margin:.5em 0 1em;font-size:10.5pt;line-height:1.35}
        caption{font-weight:bold;padding:.25em;break-after:avoid}
        th,td{border:1px solid #000;padding:.2em .15em;text-align:center;vertical-align:middle;font-weight:normal;overflow-wrap:anywhere}
        td,th:not([rowspan]){break-inside:avoid}
        th,td{box-decoration-break:clone;-webkit-box-decoration-break:clone}
        @media print{body{max-width:none;margin:0;padding:0}tbody.whole{break-inside:avoid}}
        """;

    public static string Render(OfficialDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
            .Append(Escaped(document.Title)).Append("</title>\n<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n<main>\n");
        page.Append("<h1>").Append(Escaped(document.Title)).Append("</h1>\n");
        if (document.Date is { } date)
        {
            page.Append("<p class=\"date\">").Append(Escaped(date)).Append("</p>\n");
        }
        foreach (var part in document.Parts)
        {
            _ = part switch
            {
                DocumentPart.Heading heading => page.Append("<h2>").Append(Escaped(heading.Text)).Append("</h2>\n"),
                DocumentPart.Paragraph paragraph => Append(page, paragraph),
                DocumentPart.Table table => Append(page, table),
                _ => throw new InvalidOperationException("unknown part of a document"),
            };
        }
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    /// <summary>Blanks side by side and tabs, as a list set by hand has them, are shown in a pre alone.</summary>
    private static StringBuilder Append(StringBuilder page, DocumentPart.Paragraph paragraph)
    {
        var set = paragraph.Text.Contains("  ", StringComparison.Ordinal) || paragraph.Text.Contains('\t', StringComparison.Ordinal);
        var name = set ? "pre" : "p";
        return page.Append(CultureInfo.InvariantCulture, $"<{name}>").Append(Escaped(paragraph.Text)).Append(CultureInfo.InvariantCulture, $"</{name}>\n");
    }

    private static StringBuilder Append(StringBuilder page, DocumentPart.Table table)
    {
        page.Append("<table>\n<caption>").Append(Escaped(table.Caption)).Append("</caption>\n<colgroup>");
        var whole = table.Widths.Sum();
        foreach (var width in table.Widths)
        {
            page.Append(CultureInfo.InvariantCulture, $"<col style=\"width:{100m * width / whole:0.##}%\">");
        }
        page.Append("</colgroup>\n");
        var group = "";
        for (var i = 0; i < table.Rows.Count; i++)
        {
            var next = i < table.HeaderRows ? "thead" : "tbody";
            var begins = next != group || (table.HeaderRows == 0 && table.Rows[i].Count == 1);
            if (begins)
            {
                page.Append(group.Length > 0 ? $"</{group}>\n" : "").Append(table.HeaderRows == 0 ? "<tbody class=\"whole\">\n" : $"<{next}>\n");
                group = next;
            }
            AppendRow(page, table.Rows[i]);
        }
        return page.Append(CultureInfo.InvariantCulture, $"</{group}>\n</table>\n");
    }

    private static void AppendRow(StringBuilder page, IReadOnlyList<DocumentCell> row)
    {
        page.Append("<tr>");
        foreach (var cell in row)
        {
            var name = cell.Kind == CellKind.Number ? "td" : "th";
            page.Append('<').Append(name).Append(Scope(cell));
            if (cell.Columns > 1)
            {
                page.Append(CultureInfo.InvariantCulture, $" colspan=\"{cell.Columns}\"");
            }
            if (cell.Rows > 1)
            {
                page.Append(CultureInfo.InvariantCulture, $" rowspan=\"{cell.Rows}\"");
            }
            page.Append('>').Append(Escaped(cell.Text)).Append("</").Append(name).Append('>');
        }
        page.Append("</tr>\n");
    }

    private static string Scope(DocumentCell cell) => cell switch
    {
        { Kind: CellKind.ColumnHeader, Columns: > 1 } => " scope=\"colgroup\"",
        { Kind: CellKind.ColumnHeader } => " scope=\"col\"",
        { Kind: CellKind.RowHeader, Rows: > 1 } => " scope=\"rowgroup\"",
        { Kind: CellKind.RowHeader } => " scope=\"row\"",
        _ => "",
    };

    private static string Escaped(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);
}
