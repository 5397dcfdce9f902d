using System.Text;

namespace Disclosure.Documents.Writing;

/// <summary>
/// The official document as text/csv (RFC 4180), for spreadsheets: the form's tables one below the other, labels repeated
/// in every row they head. Words that a spreadsheet would take for a formula are led by an apostrophe; numbers are not.
/// </summary>
public static class CsvRendering
{
    /// <summary>What begins a formula. An apostrophe before one of them is doubled, so that it can be told from ours.</summary>
    internal const string Formula = "=+-@\t\r＝＋－＠";

    public static string Render(OfficialDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var csv = new StringBuilder();
        Line(csv, Words(document.Title));
        if (document.Date is { } date)
        {
            Line(csv, Words(date));
        }
        foreach (var part in document.Parts)
        {
            switch (part)
            {
                case DocumentPart.Heading heading:
                    Line(csv);
                    Line(csv, Words(heading.Text));
                    break;
                case DocumentPart.Paragraph paragraph:
                    Line(csv, Words(paragraph.Text));
                    break;
                case DocumentPart.Table table:
                    foreach (var row in FlatTable.Rows(table, repeatsLabels: true))
                    {
                        Line(csv, [.. row.Select(cell => cell.Kind == CellKind.Number ? cell.Text : Words(cell.Text))]);
                    }
                    break;
                default:
                    throw new InvalidOperationException("unknown part of a document");
            }
        }
        return csv.ToString();
    }

    private static string Words(string text)
    {
        var first = text.AsSpan().TrimStart('\'');
        var words = first.Length > 0 && Formula.Contains(first[0], StringComparison.Ordinal) ? $"'{text}" : text;
        return words.AsSpan().ContainsAny("\",\r\n") ? $"\"{words.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : words;
    }

    private static void Line(StringBuilder csv, params ReadOnlySpan<string> fields) => csv.AppendJoin(',', fields!).Append("\r\n");
}
