using System.Collections.Immutable;
using System.Globalization;
using Disclosure.Contents;
using Disclosure.Documents.Tables;
using Disclosure.Formats;
using Disclosure.Prose;

namespace Disclosure.Documents;

/// <summary>A filing while its document is read, part by part: the traces, the front, the tables, the headings.</summary>
internal sealed class FilingDraft
{
    private const string Day = "yyyy-MM-dd";

    /// <summary>A date is the report's own when it stands so close under the title or above the end.</summary>
    private const int LinesFromTitle = 2;
    private const int LinesFromEnd = 3;

    private static readonly string[] _periodWords = ["期限", "时限", "统计", "周期"];
    private const int PeriodWordsBefore = 40;

    private readonly ImmutableSortedDictionary<string, string>.Builder _words = ReportContent.Empty.Words.ToBuilder();
    private readonly Dictionary<CellAddress, CellReading> _cells = [];
    private readonly List<PrintedLabel> _labels = [];
    private readonly List<Note> _notes = [];
    private string? _agency;
    private int? _year;

    public void TellTraces(IReadOnlyList<string> marks, int pages)
    {
        foreach (var (mark, i) in marks.Select((mark, i) => (mark, i)))
        {
            _words[$"/source/marks/{i}"] = mark;
            _notes.Add(ReadingNotes.MarkLifted.At($"/source/marks/{i}", mark));
        }
        if (pages > 0)
        {
            _notes.Add(ReadingNotes.PageNumbersDropped.At(null, pages));
        }
    }

    /// <summary>Title, date and prose, and what the prose tells about period and contact.</summary>
    public void AddFront(IReadOnlyList<Entry> entries, IReadOnlyList<SectionStart> starts, Title? title)
    {
        var date = PrintedDate(entries, starts, title);
        var prose = SectionProse.Of(entries, starts, title, date);
        foreach (var (section, text) in prose)
        {
            _words[$"/sections/{section}"] = text;
        }
        _notes.AddRange(SectionProse.TooLong(prose));
        var opening = prose.GetValueOrDefault(Sections.Preamble) + "\n" + prose.GetValueOrDefault(Headings.First.Key);
        AddTitle(title);
        AddPeriod(opening);
        foreach (var (path, value) in Contact.In(opening))
        {
            _words[path] = value;
        }
        if (Contact.Sites(opening).Distinct().Skip(1).Any())
        {
            _notes.Add(ReadingNotes.SeveralSites.At("/contact/site"));
        }
    }

    public void AddTables(IReadOnlyDictionary<string, List<SourceRow>> tables)
    {
        var prescribed = _year is { } year ? KnownFormats.ForYear(year) : null;
        var read = new List<TableReading>();
        foreach (var (key, rows) in tables)
        {
            // Table 4 is the same in every form: it goes with what the tables before it show, and with the year where they disagree.
            var shown = read.FindAll(reading => reading.ShowsForm).Select(reading => reading.Form!).Distinct().ToList();
            var fallback = shown is [var only] ? only : prescribed ?? shown.LastOrDefault() ?? KnownFormats.All[0];
            if (rows.Count == 0)
            {
                var missing = new TableReading(key);
                missing.Tell(ReadingNotes.TableMissing, $"/tables/{key}", fallback.Table(key).Caption);
                Add(missing, fallback, tell: false);
                continue;
            }
            var reading = TableReaders.Read(key, rows, fallback);
            read.Add(reading);
            _words[$"/forms/{key}"] = reading.Form!.Key;
            Add(reading, reading.Form, tell: true);
        }
        var telling = read.FindAll(reading => reading.ShowsForm);
        if (telling.Select(reading => reading.Form!.Key).Distinct().Skip(1).Any())
        {
            _notes.Add(ReadingNotes.FormsMixed.At("/forms", string.Join('、', telling.Select(reading => $"{reading.Table} {reading.Form!.Key}"))));
        }
    }

    public void AddHeadings(IReadOnlyList<Entry> entries, IReadOnlyList<SectionStart> starts)
    {
        var differing = 0;
        foreach (var section in Sections.All.Where(section => section.Heading is not null))
        {
            var start = starts.FirstOrDefault(found => found.Section == section);
            if (start is null)
            {
                _notes.Add(ReadingNotes.SectionMissing.At($"/sections/{section.Key}", section.Heading!));
            }
            else if (start.Heading is not { } heading)
            {
                _notes.Add(ReadingNotes.HeadingMissing.At($"/sections/{section.Key}", section.Heading!));
            }
            else if (entries[heading].Text.Text[..start.Length].Trim() is var printed && !Headings.IsOfficial(printed, section))
            {
                _words[$"/source/headings/{differing}/section"] = section.Key;
                _words[$"/source/headings/{differing}/printed"] = printed;
                _notes.Add(ReadingNotes.HeadingDiffers.At($"/source/headings/{differing}", printed, section.Heading!));
                differing++;
            }
        }
    }

    public Filing Finish()
    {
        foreach (var (label, i) in _labels.Select((label, i) => (label, i)))
        {
            _words[$"/source/labels/{i}/at"] = label.At;
            _words[$"/source/labels/{i}/printed"] = label.Printed;
        }
        var values = CellValues.Of(_cells.Where(cell => cell.Value.Value is not null).Select(cell => KeyValuePair.Create(cell.Key, cell.Value.Value!.Value)));
        var readings = _cells.ToDictionary(cell => cell.Key.Pointer, cell => cell.Value.Reading, StringComparer.Ordinal);
        IReadOnlyList<Note> notes = _notes.Count <= ContentShape.MaxItems ? _notes : [.. _notes.Take(ContentShape.MaxItems), ReadingNotes.NotesCut.At(null)];
        return new Filing(_agency, _year, new ReportContent(values, _words.ToImmutable()), readings, notes);
    }

    private void Add(TableReading reading, ReportFormat form, bool tell)
    {
        reading.Complete(form, tell);
        foreach (var (address, cell) in reading.Cells)
        {
            _cells[address] = cell;
        }
        _labels.AddRange(reading.Labels.Take(ContentShape.MaxItems - _labels.Count));
        _notes.AddRange(reading.Notes);
    }

    private void AddTitle(Title? title)
    {
        if (title is null)
        {
            _notes.Add(ReadingNotes.TitleMissing.At("/title"));
            return;
        }
        _words["/title"] = title.Printed;
        (_agency, _year) = (title.Agency, title.Year);
        if (_agency is null)
        {
            _notes.Add(ReadingNotes.AgencyMissing.At(null));
        }
    }

    /// <summary>The period that the sentence on the statistics names, or a whole year in plain words; the year follows where the title has none.</summary>
    private void AddPeriod(string prose)
    {
        var folded = Folding.Fold(prose);
        var all = PrintedDays.PeriodsIn(folded).ToList();
        var named = all.FindAll(period => IsNamed(folded, period.At));
        var stated = (named.Count > 0 ? named : all.FindAll(period => IsWholeYear(period))).DistinctBy(period => (period.From, period.To)).ToList();
        if (stated is [var only])
        {
            _words["/period/from"] = only.From.ToString(Day, CultureInfo.InvariantCulture);
            _words["/period/to"] = only.To.ToString(Day, CultureInfo.InvariantCulture);
        }
        else
        {
            _notes.Add((stated.Count == 0 ? ReadingNotes.PeriodMissing : ReadingNotes.PeriodContradictory).At("/period"));
        }
        if (_year is null)
        {
            var year = stated is [var period] && period.From.Year == period.To.Year ? period.From.Year : (int?)null;
            _notes.Add(year is { } told ? ReadingNotes.YearFromPeriod.At(null, told) : ReadingNotes.YearMissing.At(null));
            _year = year;
        }
    }

    private static bool IsNamed(string folded, int at)
    {
        var from = Math.Max(0, at - PeriodWordsBefore);
        var before = folded.AsSpan(from, at - from);
        before = before[(before.LastIndexOf('。') + 1)..];
        foreach (var word in _periodWords)
        {
            if (before.Contains(word, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }

    private static bool IsWholeYear(PrintedPeriod period) =>
        period.From.Year == period.To.Year && period.From.DayOfYear == 1 && period.To is { Month: 12, Day: 31 };

    /// <summary>The entry that is the date of the report: a line of its own under the title, else near the end.</summary>
    private int? PrintedDate(IReadOnlyList<Entry> entries, IReadOnlyList<SectionStart> starts, Title? title)
    {
        var under = title is null ? [] : Enumerable.Range(title.Last + 1, LinesFromTitle);
        var end = Enumerable.Range(0, LinesFromEnd).Select(i => entries.Count - 1 - i);
        foreach (var i in under.Concat(end).Where(i => i >= 0 && i < entries.Count && entries[i].Table is null && !starts.Any(start => start.At == i)))
        {
            var line = entries[i].Text.Text;
            if (PrintedDays.WholeLine(line) is { } day)
            {
                _words["/printedDate"] = day.ToString(Day, CultureInfo.InvariantCulture);
                return i;
            }
            if (PrintedDays.IsImpossible(line))
            {
                _notes.Add(ReadingNotes.DateUnreadable.At("/printedDate", line));
            }
        }
        return null;
    }
}
