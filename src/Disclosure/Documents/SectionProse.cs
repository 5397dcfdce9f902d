using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Prose;

namespace Disclosure.Documents;

/// <summary>Gives every line of prose to the section it stands in. No line is dropped but the title, the printed date and the headings.</summary>
internal static class SectionProse
{
    /// <summary>The prose by section. A section that is there and says nothing is empty; one that is not there is not among them.</summary>
    public static Dictionary<string, string> Of(IReadOnlyList<Entry> entries, IReadOnlyList<SectionStart> starts, Title? title, int? date)
    {
        var lines = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var headings = starts.ToDictionary(start => start.At);
        var section = Sections.Preamble;
        for (var i = 0; i < entries.Count; i++)
        {
            var text = entries[i].Text.Text;
            if (headings.TryGetValue(i, out var start))
            {
                section = start.Section.Key;
                text = start.Heading is null ? text : text[start.Length..];
            }
            section = entries[i].Table ?? section;
            if (entries[i].Table is not null || start is not null)
            {
                LinesOf(lines, section);
            }
            var taken = i == date || (title is not null && i >= title.First && i <= title.Last);
            if (entries[i].Table is null && !taken && Trimmed(text) is { Length: > 0 } line)
            {
                LinesOf(lines, section).Add(line);
            }
        }
        return lines.ToDictionary(part => part.Key, part => string.Join('\n', part.Value), StringComparer.Ordinal);
    }

    /// <summary>Says which sections are too long to be kept as content.</summary>
    public static IEnumerable<Note> TooLong(IReadOnlyDictionary<string, string> prose) =>
        prose.Where(part => ContentShape.Find($"/sections/{part.Key}") is { } slot && part.Value.Length > slot.MaxLength)
            .Select(part => ReadingNotes.SectionTooLong.At($"/sections/{part.Key}", Sections.Find(part.Key)?.Heading ?? part.Key, ContentShape.Find($"/sections/{part.Key}")!.MaxLength));

    private static List<string> LinesOf(Dictionary<string, List<string>> lines, string section)
    {
        if (!lines.TryGetValue(section, out var found))
        {
            lines[section] = found = [];
        }
        return found;
    }

    private static string Trimmed(string line)
    {
        var (from, to) = (0, line.Length);
        while (from < to && Folding.IsSpace(line[from]))
        {
            from++;
        }
        while (to > from && Folding.IsSpace(line[to - 1]))
        {
            to--;
        }
        return line[from..to];
    }
}
