using Disclosure.Formats;

namespace Disclosure.Documents;

/// <summary>Where a section begins.</summary>
/// <param name="Heading">The entry that holds its heading; null when it is missing and the section's table shows the place.</param>
/// <param name="Length">How many characters of that line are the heading; the rest is prose.</param>
internal sealed record SectionStart(Section Section, int At, int? Heading, int Length);

/// <summary>
/// Finds the headings of the six sections. Tables come first: the heading of a section with a table is the best one
/// before that table, which leaves tables of contents and sub-headings of the same words behind.
/// </summary>
internal sealed class Headings
{
    private const int LongestHeading = 60;

    /// <summary>How much of the official heading's characters another wording must share when number and place agree.</summary>
    private const double EnoughShared = 0.4;

    /// <summary>A section's official heading and the words that may stand for it.</summary>
    private sealed record Wanted(Section Section, Label Official, IReadOnlyList<string> Words);

    private static readonly IReadOnlyList<Wanted> _wanted =
    [
        .. from section in Sections.All
           where section.Heading is not null
           let official = FormWords.Official(section.Heading!)
           select new Wanted(section, official, [official.Words, .. section.Aliases.Select(FormWords.Words)]),
    ];

    private sealed record Candidate(Section Section, int At, int Rank, int Length);

    private readonly IReadOnlyList<Entry> _entries;
    private readonly List<Candidate> _candidates;
    private readonly List<SectionStart> _found = [];

    private Headings(IReadOnlyList<Entry> entries)
    {
        _entries = entries;
        _candidates = [.. Enumerable.Range(0, entries.Count).Where(i => entries[i].Table is null && Label.IsWritten(entries[i].Text.Text)).SelectMany(i => Candidates(entries[i].Text.Text, i))];
    }

    /// <summary>The first section that has a heading. Period and contact stand here where there is no preamble.</summary>
    public static Section First => _wanted[0].Section;

    /// <summary>The sections of the document in the order they stand.</summary>
    public static IReadOnlyList<SectionStart> Find(IReadOnlyList<Entry> entries)
    {
        var headings = new Headings(entries);
        headings.FindTables();
        headings.FindProse();
        return [.. headings._found.OrderBy(start => start.At)];
    }

    /// <summary>Whether a heading is the official one but for typing and a sign behind it.</summary>
    public static bool IsOfficial(string printed, Section section) =>
        Label.Parse(printed) is var label && label with { Words = Bare(label.Words) } == FormWords.Official(section.Heading!);

    private static string Bare(string words) => words.TrimEnd(':', '。', ';');

    private void FindTables()
    {
        var after = 0;
        foreach (var section in Sections.All.Where(section => KnownFormats.TableKeys.Contains(section.Key)))
        {
            var table = FirstOf(section.Key);
            var found = table >= 0 ? BestBefore(section, after < table ? after : 0, table) : Best(section, after, _entries.Count, first: true);
            if (found is not null)
            {
                _found.Add(new SectionStart(section, found.At, found.At, found.Length));
            }
            else if (table >= 0)
            {
                _found.Add(new SectionStart(section, table, null, 0));
            }
            after = Math.Max(after, Math.Max(found?.At + 1 ?? 0, LastOf(section.Key) + 1));
        }
    }

    private void FindProse()
    {
        var first = _found.Count > 0 ? _found.Min(start => start.At) : _entries.Count;
        var last = Math.Max(_found.Count > 0 ? _found.Max(start => start.At) : -1, KnownFormats.TableKeys.Max(LastOf));
        foreach (var section in Sections.All.Where(section => section.Heading is not null && !KnownFormats.TableKeys.Contains(section.Key)))
        {
            var leads = section == First;
            var found = leads
                ? Best(section, 0, first, first: false) ?? Alike(section, 0, first)
                : Best(section, last + 1, _entries.Count, first: true) ?? Alike(section, last + 1, _entries.Count);
            found ??= Best(section, 0, _entries.Count, first: false);
            if (found is null || _found.Exists(start => start.At == found.At))
            {
                continue;
            }
            _found.Add(new SectionStart(section, found.At, found.At, found.Length));
            last = leads ? last : Math.Max(last, found.At);
        }
    }

    private Candidate? BestBefore(Section section, int from, int table) =>
        Best(section, from, table, first: false) ?? Alike(section, from, table);

    /// <summary>The candidate whose number is best, and of those the first or the last.</summary>
    private Candidate? Best(Section section, int from, int to, bool first)
    {
        var within = _candidates.Where(candidate => candidate.Section == section && candidate.At >= from && candidate.At < to).ToList();
        var rank = within.Select(candidate => candidate.Rank).DefaultIfEmpty(0).Max();
        var best = within.Where(candidate => candidate.Rank == rank);
        return first ? best.FirstOrDefault() : best.LastOrDefault();
    }

    /// <summary>A line with the section's own number that shares enough with its heading, where nothing better stands.</summary>
    private Candidate? Alike(Section section, int from, int to)
    {
        var official = FormWords.Official(section.Heading!);
        for (var i = to - 1; i >= from; i--)
        {
            if (_entries[i].Table is null && _entries[i].Text.Text.Length <= LongestHeading
                && Label.Parse(_entries[i].Text.Text) is { Kind: OrdinalKind.Part } label && label.Number == official.Number
                && !label.Words.Contains('。', StringComparison.Ordinal) && !_found.Exists(start => start.At == i) && Shares(label.Words, official.Words))
            {
                return new Candidate(section, i, 0, _entries[i].Text.Text.Length);
            }
        }
        return null;
    }

    private static bool Shares(string words, string official) =>
        official.Distinct().Count(c => words.Contains(c, StringComparison.Ordinal)) >= EnoughShared * official.Distinct().Count();

    /// <summary>What a line may be the heading of: the official words or an alias, with the right number, another one or none. （三） never heads a section.</summary>
    private static IEnumerable<Candidate> Candidates(string line, int at)
    {
        var start = line.Length <= 2 * LongestHeading ? line : line[..(2 * LongestHeading)];
        var label = Label.Parse(start);
        if (label.IsEmpty || label.Kind == OrdinalKind.Bracketed)
        {
            yield break;
        }
        foreach (var (section, official, names) in _wanted)
        {
            var rank = label.Kind == official.Kind && label.Number == official.Number ? 3 : label.Kind == OrdinalKind.None ? 1 : 2;
            foreach (var words in names)
            {
                var whole = Bare(label.Words) == words && line.Length == start.Length;
                if (whole || (rank == 3 && IsOpening(label.Words, words)))
                {
                    yield return new Candidate(section, at, rank, whole ? line.Length : LengthOf(line, words));
                    break;
                }
            }
        }
    }

    /// <summary>Prose may follow a heading on its line, behind a sign that ends it.</summary>
    private static bool IsOpening(string printed, string words) =>
        printed.StartsWith(words, StringComparison.Ordinal) && printed.Length > words.Length && printed[words.Length] is ':' or '。' or ';';

    /// <summary>How much of a line holds the heading with the sign behind it.</summary>
    private static int LengthOf(string line, string words)
    {
        var (length, left) = (0, line.Length);
        while (left-- > 0 && !Label.Parse(line[..length]).Words.StartsWith(words, StringComparison.Ordinal))
        {
            length++;
        }
        return Math.Min(length + 1, line.Length);
    }

    private int FirstOf(string table)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Table == table)
            {
                return i;
            }
        }
        return -1;
    }

    private int LastOf(string table)
    {
        for (var i = _entries.Count - 1; i >= 0; i--)
        {
            if (_entries[i].Table == table)
            {
                return i;
            }
        }
        return -1;
    }
}
