using System.Collections.Immutable;
using System.Globalization;
using Disclosure.Formats;

namespace Disclosure.Contents;

/// <summary>
/// What a report says: its numbers by cell and its words by path. What is not given is not in it, so that absent and
/// null are one thing. Paths are JSON pointers into the content; which there are stands in <see cref="ContentShape"/>.
/// </summary>
public sealed record ReportContent(CellValues Cells, ImmutableSortedDictionary<string, string> Words)
{
    public static ReportContent Empty { get; } =
        new(CellValues.Empty, ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    public string? Title => Word("/title");

    public DateOnly? PrintedDate => Date("/printedDate");

    /// <summary>First and last day of the period that the report says its figures cover.</summary>
    public (DateOnly? From, DateOnly? To) Period => (Date("/period/from"), Date("/period/to"));

    public decimal? Cell(CellAddress address) => Cells.TryGetValue(address, out var value) ? value : null;

    public string? Word(string path) => Words.GetValueOrDefault(path);

    /// <summary>The prose of a section, or null when the section is not given.</summary>
    public string? Section(string key) => Word($"/sections/{key}");

    /// <summary>The form that the content says this table follows.</summary>
    public ReportFormat? FormOf(string table) => KnownFormats.ByKey(Word($"/forms/{table}"));

    public ReportContent With(CellAddress address, decimal value) => this with { Cells = Cells.With(address, Normalised(value)) };

    public ReportContent With(string path, string? word) =>
        this with { Words = word is null ? Words.Remove(path) : Words.SetItem(path, word) };

    public ReportContent Without(CellAddress address) => this with { Cells = Cells.Without(address) };

    /// <summary>Drops trailing zeros, so that 7730.280 and 7730.28 are one value with one hash.</summary>
    public static decimal Normalised(decimal value) => value == 0 ? 0 : value / 1.000000000000000000000000000000000m;

    private DateOnly? Date(string path) =>
        DateOnly.TryParseExact(Word(path), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
