using Disclosure.Formats;

namespace Disclosure.Contents;

/// <summary>What people call the places of a report: cells and sections by the labels that the form prints, the rest by the words of the trade.</summary>
public static class ContentLabels
{
    private static readonly Dictionary<string, string> _words = new(StringComparer.Ordinal)
    {
        ["/title"] = "标题",
        ["/printedDate"] = "落款日期",
        ["/period/from"] = "统计期限起始日",
        ["/period/to"] = "统计期限截止日",
        ["/contact/office"] = "联系单位",
        ["/contact/address"] = "地址",
        ["/contact/postcode"] = "邮政编码",
        ["/contact/telephone"] = "联系电话",
        ["/contact/email"] = "电子邮箱",
        ["/contact/site"] = "网址",
        ["/sections/preamble"] = "引言",
    };

    /// <summary>The labels of all cells by their pointers, for each form by its key; made once, because histories name cells by the thousand.</summary>
    private static readonly Dictionary<string, Dictionary<string, string>> _cells = KnownFormats.All.ToDictionary(
        format => format.Key, format => format.Tables.SelectMany(table => table.Cells).ToDictionary(cell => cell.Address.Pointer, Of, StringComparer.Ordinal), StringComparer.Ordinal);

    /// <param name="pointer">A JSON pointer into the content.</param>
    /// <param name="followed">The form that the table follows; where it lacks the cell, or none is known, another form that has it serves.</param>
    public static string Of(string pointer, ReportFormat? followed = null)
    {
        if (followed is not null && _cells[followed.Key].TryGetValue(pointer, out var label))
        {
            return label;
        }
        if (KnownFormats.All.FirstOrDefault(format => _cells[format.Key].ContainsKey(pointer)) is { } other)
        {
            return _cells[other.Key][pointer];
        }
        return _words.GetValueOrDefault(pointer) ?? pointer.Split('/') switch
        {
            ["", "sections", var key] when Sections.Find(key)?.Heading is { } heading => heading,
            ["", "forms", var key] when Sections.Find(key)?.Heading is { } heading => $"{heading}（所用格式）",
            ["", "source", "headings", ..] => "原文标题",
            ["", "source", "labels", ..] => "原文表内标签",
            ["", "source", "marks", ..] => "原文编辑标记",
            _ => pointer,
        };
    }

    /// <summary>From the outermost spanning cell to the row's own label, then the same for the column.</summary>
    public static string Of(Cell cell) =>
        string.Join(" / ", [.. cell.Row.Under, cell.Row.Label, .. cell.Column.Under is { } under ? [under] : Array.Empty<string>(), cell.Column.Label]);
}
