using Disclosure.Agencies;
using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Prose;
using Disclosure.Reports;
using Npgsql;
using NpgsqlTypes;
using static NpgsqlTypes.NpgsqlDbType;

namespace DisclosureApi.Store.Searching;

/// <summary>
/// What published reports are found by: the words of each public revision's agency (weight A), of its region (B) and of its
/// prose (D). Only the revision that is public now is found.
/// </summary>
public static class WordIndex
{
    /// <summary>PostgreSQL keeps no greater place of a word; what stands behind it is found, but not as part of a phrase.</summary>
    private const int LastPlace = 16_383;

    /// <summary>PostgreSQL keeps no more places of one word.</summary>
    private const int MostPlaces = 255;

    /// <summary>No phrase reaches from one text into the next.</summary>
    private const int Gap = 8;

    public static ModelTable Table { get; } = new(
        "words", 3, ("agency", Text), ("year", Integer), ("revision", Integer), ("position", Bigint), ("region", Text), ("level", Text), ("kind", Text), ("terms", TsVector));

    /// <summary>Names that bodies were given, each beside the one before it: reports keep the name that they were published under.</summary>
    public static ModelTable Renamings { get; } = new("renamings", 2, ("agency", Text), ("position", Bigint), ("terms", TsVector));

    /// <param name="before">The name that this event took from the body.</param>
    public static ModelRow Renaming(Agency agency, string before, long position) =>
        Renamings.Row(agency.Code, position, Terms([("", 'A'), (before, 'A'), .. Texts(agency.Name, agency.Region, ReportContent.Empty)]));

    /// <summary>Has reports found by every name that their bodies had or have, where a body was renamed, or a report became public, behind a position.</summary>
    /// <param name="name">What the tables are called: their own names, or those of the tables that grow beside them.</param>
    public static NpgsqlBatchCommand NameAll(long after, Func<ModelTable, string> name) => EventStore.Command(
        $"""
        update {name(Table)} w set others = n.terms from (
            select agency, disclosure_names(terms order by position) as terms from {name(Renamings)}
            where agency in (select agency from {name(Renamings)} where position > $1 union select agency from {name(Table)} where position > $1) group by agency) as n
        where w.agency = n.agency and w.others is distinct from n.terms
        """, after);

    /// <summary>Upserts of rows that an append brings, and of what they change in the names of others.</summary>
    /// <param name="after">The position before the append.</param>
    public static IEnumerable<NpgsqlBatchCommand> Upserts(IEnumerable<ModelRow> rows, long after)
    {
        var areNamesAsked = false;
        foreach (var row in rows)
        {
            areNamesAsked |= row.Table == Table || row.Table == Renamings;
            yield return row.Upsert();
        }
        if (areNamesAsked)
        {
            yield return NameAll(after, table => table.Name);
        }
    }

    public static ModelRow Row(ReportId id, Agency agency, int revision, long position, ReportContent content) => Table.Row(
        id.Agency, id.Year, revision, position, agency.Region, Name(agency.Level), Name(agency.Kind), Terms(Texts(agency.Name, agency.Region, content)));

    /// <summary>Takes the place of a revision's words when some were removed from it.</summary>
    public static NpgsqlBatchCommand Change(ReportId id, int revision, string name, string region, ReportContent content) => EventStore.Command(
        "update words set terms = $4 where agency = $1 and year = $2 and revision = $3", id.Agency, id.Year, revision, Terms(Texts(name, region, content)));

    private static string Name<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static IEnumerable<(string Text, char Weight)> Texts(string name, string region, ReportContent content)
    {
        yield return (name, 'A');
        for (var around = Regions.Find(region); around is not null; around = around.Parent is { } parent ? Regions.Find(parent) : null)
        {
            yield return (around.Name, 'B');
        }
        foreach (var section in Sections.All)
        {
            if (content.Section(section.Key) is { } prose)
            {
                yield return (prose, 'D');
            }
        }
    }

    private static NpgsqlTsVector Terms(IEnumerable<(string Text, char Weight)> texts)
    {
        var places = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        var before = 0;
        foreach (var (text, weight) in texts)
        {
            var last = before;
            foreach (var (word, place) in SearchWords.Of(text))
            {
                last = before + place;
                var at = places.TryGetValue(word, out var known) ? known : places[word] = [];
                if (last <= LastPlace && at.Count < MostPlaces)
                {
                    at.Add($"{last}{weight}");
                }
            }
            before = last + Gap;
        }
#pragma warning disable CS0618 // What Parse may read otherwise than the server are quotes and backslashes; these words are letters and digits alone.
        return NpgsqlTsVector.Parse(string.Join(' ', places.Select(word => $"'{word.Key}'{(word.Value.Count > 0 ? ":" : "")}{string.Join(',', word.Value)}")));
#pragma warning restore CS0618
    }
}
