using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Prose;
using Disclosure.Rules.Fees;
using Disclosure.Rules.Texts;

namespace Disclosure.Rules;

/// <summary>
/// All that a rule may see: the filing as it was handed in, the year it is for, and what is known around it. What several
/// rules derive from these (which form a table follows, what the prose says) is derived once, here.
/// </summary>
/// <param name="year">The report year, from the resource the filing is for or from the filing itself.</param>
/// <param name="wording">What an earlier judgement saw in words that may be the same.</param>
public sealed class RuleInput(int year, Filing filing, Surroundings surroundings, Wording? wording = null)
{
    private readonly Dictionary<string, ReportFormat> _followed = new(StringComparer.Ordinal);

    private readonly Dictionary<string, bool> _whole = new(StringComparer.Ordinal);

    public int Year => year;

    public Filing Filing => filing;

    public Surroundings Surroundings => surroundings;

    public ReportContent Content => filing.Content;

    /// <summary>The form that reports of this year must follow.</summary>
    public ReportFormat? Prescribed => KnownFormats.ForYear(year);

    /// <summary>The form this table follows: as the filing says, else the one whose own cells it has most of, else the year's.</summary>
    public ReportFormat Followed(string table)
    {
        if (!_followed.TryGetValue(table, out var followed))
        {
            _followed.Add(table, followed = Content.FormOf(table) ?? Inferred(Content, table, year));
        }
        return followed;
    }

    public Table Table(string table) => Followed(table).Table(table);

    /// <summary>Whether two cells of one kind are in different forms: tables 2 and 3 tell it, table 4 is the same in all.</summary>
    public bool MixesForms => Followed("proactive") != Followed("applications");

    /// <summary>A number of table 3, by the keys of its row and column.</summary>
    public decimal? Requests(string row, string column = "total") => Content.Cell(new CellAddress("applications", row, column));

    /// <summary>A number of table 4.</summary>
    public decimal? Disputes(string row, string column = "total") => Content.Cell(new CellAddress("disputes", row, column));

    /// <summary>A number of table 2.</summary>
    public decimal? Proactive(string row, string column) => Content.Cell(new CellAddress("proactive", row, column));

    /// <summary>Whether every cell of the form that the table follows is given and no other, as is so of nearly all: then none is blank, missing or too much.</summary>
    internal bool IsWhole(string table)
    {
        if (!_whole.TryGetValue(table, out var isWhole))
        {
            var cells = Table(table).Indices;
            isWhole = Content.Cells.CountOf(table) == cells.Count && Content.Cells.HasAll(cells);
            _whole.Add(table, isWhole);
        }
        return isWhole;
    }

    /// <summary>Cells whose numbers their columns do not allow.</summary>
    internal IReadOnlyList<Cell> Misfits => field ??=
    [
        .. from index in Content.Cells.Unusual()
           let known = KnownFormats.Cells[index]
           let cell = Table(known.Address.Table).Find(known.Address) ?? known
           where !CellNumber.Fits(cell.Column, Content.Cells.At(index)!.Value)
           select cell,
    ];

    /// <summary>What the filing says in words.</summary>
    public Wording Wording { get; } = wording?.IsOf(year, filing) == true ? wording : Wording.Of(year, filing);

    /// <summary>The sections that say anything, with what is seen in their prose.</summary>
    public IReadOnlyList<Passage> Passages => Wording.Passages;

    /// <summary>What the prose says of the processing fee.</summary>
    internal FeeStatement Fees => Wording.Fees;

    /// <summary>What the prose says of requests, reviews and suits.</summary>
    internal IReadOnlyList<Claim> Claims => Wording.Claims;

    /// <summary>The body's own words, as they are compared with those of other reports.</summary>
    internal Likeness OwnWords => Wording.OwnWords;

    /// <summary>How much of the prose is last year's; null when one of them is too short or not known.</summary>
    internal double? LikenessToLastYear => surroundings.Previous is { } previous && OwnWords.Count >= Likeness.FewestRuns
        && Likenesses.OwnWords.Of(previous.Content, previous.AgencyName) is { Count: >= Likeness.FewestRuns } theirs ? OwnWords.To(theirs) : null;

    /// <summary>A section's prose without blanks and line breaks, for searching; empty when the section is not given.</summary>
    public string Prose(string section) => Wording.Prose(section);

    /// <summary>All prose without blanks and line breaks, in the order of the sections.</summary>
    public string AllProse => Wording.AllProse;

    /// <summary>
    /// What stood in this cell last year: the agency's own figure and those of the bodies it succeeded. Null while one of
    /// them is not known.
    /// </summary>
    public decimal? LastYear(CellAddress address)
    {
        decimal? sum = surroundings.Previous is null && surroundings.Predecessors is not { Count: > 0 } ? null : 0;
        return LastYears.Aggregate(sum, (total, report) => total + report.Content.Cell(address));
    }

    public decimal? LastYear(string table, string row, string column = "total") => LastYear(new CellAddress(table, row, column));

    /// <summary>Last year's reports that this one goes on from: its own, and those of the bodies it succeeded.</summary>
    public IEnumerable<KnownReport> LastYears =>
        (surroundings.Predecessors ?? []).Prepend(surroundings.Previous).OfType<KnownReport>();

    /// <summary>How a cell was read from the document; null when the filing tells nothing of it.</summary>
    public Reading? Reading(CellAddress address) => filing.Readings.GetValueOrDefault(address.Pointer);

    /// <summary>Whether the document had this cell but no number in it; a cell that the document does not have is not blank but absent.</summary>
    public bool IsMarkedBlank(CellAddress address) => Reading(address)?.State is ReadingState.Blank or ReadingState.Uncertain;

    private static ReportFormat Inferred(ReportContent content, string table, int year)
    {
        var years = KnownFormats.ForYear(year) ?? KnownFormats.All[^1];
        var owned = content.Cells.Where(cell => cell.Key.Table == table).Select(cell => KnownFormats.OwnerOf(cell.Key)).OfType<ReportFormat>().CountBy(format => format).ToDictionary();
        return KnownFormats.All
            .OrderByDescending(format => owned.GetValueOrDefault(format))
            .ThenByDescending(format => format == years)
            .First();
    }
}
