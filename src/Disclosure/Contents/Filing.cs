namespace Disclosure.Contents;

/// <summary>A report as an agency hands it in: what the title calls the agency, the year, the content, and how each cell was read.</summary>
/// <param name="Readings">By JSON pointer of the cell; empty when the filing was not read from a document.</param>
public sealed record Filing(
    string? AgencyName,
    int? Year,
    ReportContent Content,
    IReadOnlyDictionary<string, Reading> Readings,
    IReadOnlyList<Note> Notes)
{
    public static IReadOnlyDictionary<string, Reading> NoReadings { get; } = new Dictionary<string, Reading>(StringComparer.Ordinal);
}
