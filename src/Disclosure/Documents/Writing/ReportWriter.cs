using System.Globalization;
using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Documents.Writing;

/// <summary>
/// Makes the official document of a report: title, date, and the sections in the form's order with their tables. What the
/// agency printed otherwise than the form is printed as it was, because that is what was published; editing marks are not.
/// </summary>
public static class ReportWriter
{
    /// <param name="agencyName">For a title where the content has none.</param>
    public static OfficialDocument Document(ReportContent content, string? agencyName, int year)
    {
        ArgumentNullException.ThrowIfNull(content);
        var printed = new PrintedWords(content);
        var parts = new List<DocumentPart>();
        foreach (var section in Sections.All)
        {
            var prose = content.Section(section.Key);
            var tables = TablesOf(content, section.Key, year, printed).ToList();
            if (prose is null && tables.Count == 0)
            {
                continue;
            }
            if (section.Heading is { } heading)
            {
                parts.Add(new DocumentPart.Heading(printed.Heading(section.Key) ?? heading));
            }
            parts.AddRange(Paragraphs(prose));
            parts.AddRange(tables);
        }
        return new OfficialDocument(content.Title ?? Title(agencyName, year), DateOf(content), parts);
    }

    /// <summary>The form of a year with nothing filled in.</summary>
    public static OfficialDocument Blank(ReportFormat format, int year)
    {
        ArgumentNullException.ThrowIfNull(format);
        var content = Sections.All.Aggregate(ReportContent.Empty, (blank, section) => section.Heading is null ? blank : blank.With($"/sections/{section.Key}", ""));
        content = format.Tables.Aggregate(content, (blank, table) => blank.With($"/forms/{table.Key}", format.Key));
        return Document(content, "（机关全称）", year);
    }

    private static string Title(string? agencyName, int year) => string.Create(CultureInfo.InvariantCulture, $"{agencyName}{year}年政府信息公开工作年度报告");

    private static string? DateOf(ReportContent content) => content.PrintedDate is { } date ? string.Create(CultureInfo.InvariantCulture, $"{date.Year}年{date.Month}月{date.Day}日") : null;

    private static IEnumerable<DocumentPart> Paragraphs(string? prose) => (prose ?? "")
        .Split('\n')
        .Where(line => !string.IsNullOrWhiteSpace(line))
        .Select(line => new DocumentPart.Paragraph(line));

    /// <summary>A table that follows no form and holds no number is not there.</summary>
    private static IEnumerable<DocumentPart.Table> TablesOf(ReportContent content, string key, int year, PrintedWords printed)
    {
        if (!KnownFormats.TableKeys.Contains(key) || (content.FormOf(key) is null && !content.Cells.Keys.Any(cell => cell.Table == key)))
        {
            yield break;
        }
        var format = content.FormOf(key) ?? KnownFormats.ForYear(year) ?? KnownFormats.All[0];
        yield return key switch
        {
            "proactive" => ProactivePrint.Of(content, format, printed),
            "applications" => ApplicationsPrint.Of(content, format, printed),
            "disputes" => DisputesPrint.Of(content, format, printed),
            _ => throw new InvalidOperationException($"no way to print the table {key}"),
        };
    }
}

/// <summary>The words that stand in a report in place of the form's own.</summary>
internal sealed class PrintedWords
{
    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _headings = new(StringComparer.Ordinal);

    public PrintedWords(ReportContent content)
    {
        Gather(content, "labels", "at", _labels);
        Gather(content, "headings", "section", _headings);
    }

    public string? Heading(string section) => _headings.GetValueOrDefault(section);

    public string Row(string table, Row row) => _labels.GetValueOrDefault($"/tables/{table}/{row.Key}", row.Label);

    public string Column(string table, Row row, Column column) =>
        _labels.GetValueOrDefault(new CellAddress(table, row.Key, column.Key).Pointer, column.Label);

    private static void Gather(ReportContent content, string list, string place, Dictionary<string, string> words)
    {
        for (var i = 0; content.Word($"/source/{list}/{i}/{place}") is { } at; i++)
        {
            if (content.Word($"/source/{list}/{i}/printed") is { } printed)
            {
                words[at] = printed;
            }
        }
    }
}
