using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Rules;

/// <summary>All that a rule may see. The shell gathers it; a rule asks for nothing else.</summary>
/// <param name="year">The report year, from the resource the filing is for or from the filing itself.</param>
public sealed class RuleInput(int year, ReportContent content, IReadOnlyDictionary<string, Reading> readings)
{
    private readonly Dictionary<string, ReportFormat> _followed =
        KnownFormats.TableKeys.ToDictionary(table => table, table => content.FormOf(table) ?? Inferred(content, table, year), StringComparer.Ordinal);

    public int Year => year;

    public ReportContent Content => content;

    /// <summary>The form that reports of this year must follow.</summary>
    public ReportFormat? Prescribed => KnownFormats.ForYear(year);

    /// <summary>The form this table follows: as the filing says, else the one whose own cells it has most of, else the year's.</summary>
    public ReportFormat Followed(string table) => _followed[table];

    public Table Table(string table) => Followed(table).Table(table);

    /// <summary>Whether two cells of one kind are in different forms: tables 2 and 3 tell it, table 4 is the same in all.</summary>
    public bool MixesForms => Followed("proactive") != Followed("applications");

    /// <summary>Whether the document had this cell but no number in it; a cell that the document does not have is not blank but absent.</summary>
    public bool IsMarkedBlank(Cell cell) =>
        readings.TryGetValue(cell.Address.Pointer, out var reading) && reading.State is ReadingState.Blank or ReadingState.Uncertain;

    private static ReportFormat Inferred(ReportContent content, string table, int year)
    {
        var years = KnownFormats.ForYear(year) ?? KnownFormats.All[^1];
        return KnownFormats.All
            .OrderByDescending(format => content.Cells.Keys.Count(address => address.Table == table && IsOwn(format, address)))
            .ThenByDescending(format => format == years)
            .First();
    }

    private static bool IsOwn(ReportFormat format, CellAddress address) =>
        KnownFormats.All.Where(other => other.Table(address.Table).Find(address) is not null).SequenceEqual([format]);
}
