using DisclosureApi.Store.Replicas;
using System.Text.Json;
using Disclosure.Agencies;
using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Prose;
using DisclosureApi.Http;

namespace DisclosureApi.Searching;

/// <summary>GET /v1/search?q=: public reports by words, best first, with the passages where they stand.</summary>
internal static class GetSearch
{
    /// <summary>So many are ranked among each other at once.</summary>
    public const int Handful = 200;

    /// <summary>Characters told before and behind what was found.</summary>
    private const int Around = 30;

    private static readonly string[] _filters = ["year", "region", "level", "kind", "agency"];

    /// <summary>Which reports may be found at all: those that are public now, behind the cursor, of the bodies that are asked for.</summary>
    private const string Chosen =
        """
        from words w join reports r on r.agency = w.agency and r.year = w.year and r.revision = w.revision and r.withdrawal_reason is null
        where w.position <= $4
          and ($5::integer is null or w.year = $5) and ($6::text is null or starts_with(w.region, $6)) and ($7::text is null or w.level = $7)
          and ($8::text is null or w.kind = $8) and ($9::text is null or w.agency = $9)
        """;

    /// <summary>
    /// What was found by names comes before what was found in prose alone; a name counts more than a region, and that more
    /// than prose. A report is found by every name that its body ever had beside the one that it was published under.
    /// </summary>
    private const string Question =
        $"""
        with renamed as materialized (select agency, max(position) as position from renamings where terms @@ $2::tsquery group by agency),
        handful as materialized (
            select * from (
                (select w.agency, w.year, w.revision, w.position, w.terms {Chosen}
                    and w.terms @@ $1::tsquery and ($3 is false or not (w.terms @@ $2::tsquery or w.agency in (select agency from renamed)))
                    order by w.position desc limit $10)
                union all
                (select w.agency, w.year, w.revision, w.position, (select n.terms from renamings n join renamed using (agency, position) where n.agency = w.agency) {Chosen}
                    and $3 is false and not w.terms @@ $2::tsquery and w.agency in (select agency from renamed)
                    order by w.position desc limit $10)) as found
            order by position desc limit $10)
        select size, first, last, best.body
        from (select count(*) as size, max(position) as first, min(position) as last from handful) as sizes left join (
            select p.body, ts_rank_cd(array[0.1, 0.2, 0.4, 1.0]::real[], h.terms, $1::tsquery) as rank, h.position
            from handful h join publications p on p.agency = h.agency and p.year = h.year and p.revision = h.revision
            order by rank desc, h.position desc offset $11 limit $12) as best on true
        order by best.rank desc, best.position desc
        """;

    public static readonly OperationContract Contract = new("search_reports", "Reports", "Search published reports by words")
    {
        Description =
            "Finds reports by the name of their agency, now and at any time before, by their region and by the words of their prose; every term of q must be found as it stands. Widths, brackets and blanks make no difference. "
            + $"What is found by names comes before what is found in prose alone. Results come in handfuls of {Handful}, the newest first, and within a handful the best first; passages tell where in "
            + "the prose each term stands first. next leads on at any depth.",
        IsPaged = true,
        IsForward = true,
        Parameters = ["q"],
        Filters = _filters,
        Answers = [new(200, "SearchPage", "A page of results") { Headers = ["ETag", "Link"] }, new(304, null, "The reader already has these bytes") { Headers = ["ETag", "Link"] }],
        Problems = [400],
    };

    public static async Task<IResult> HandleAsync(HttpRequest request, ReadDatabase database, CancellationToken cancellation)
    {
        var page = Page.Of(request, ["q", .. _filters]) with { IsForward = true };
        var terms = Terms(request);
        var asked = new Asked(terms,
            Filter.Year(request), Filter.RegionPrefix(request), Filter.Choice<AgencyLevel>(request, "level"), Filter.Choice<AgencyKind>(request, "kind"), Filter.Code(request, "agency"));
        var cursor = page.Before.Length > 0 ? throw Page.WrongCursor("before") : page.After.Length == 0 ? SearchCursor.Start : SearchCursor.Parse(page.After) ?? throw Page.WrongCursor("after");
        var found = new List<(string, byte[])>();
        SearchCursor? next = cursor;
        while (next is { } at && found.Count <= page.Limit)
        {
            next = await HandfulAsync(database, asked, at, page.Limit + 1 - found.Count, found, cancellation);
        }
        return page.Answer("/v1/search", found);
    }

    private static IReadOnlyList<string> Terms(HttpRequest request) =>
        request.Query["q"] is [{ Length: > 0 and <= SearchWords.MostCharacters } question] && SearchWords.Terms(question) is { Count: > 0 and <= SearchWords.MostTerms } terms
            ? terms
            : throw Page.Wrong(
                $"q应为1至{SearchWords.MostTerms}个以空格分隔的检索词，共不超过{SearchWords.MostCharacters}个字，至少含一个汉字、字母或数字",
                $"q must be 1 to {SearchWords.MostTerms} terms with blanks between, of {SearchWords.MostCharacters} characters in all, with a letter or digit in each.");

    /// <summary>Adds what the rest of a handful has to the results; answers where the next begins, null where there is none.</summary>
    private static async Task<SearchCursor?> HandfulAsync(
        ReadDatabase database, Asked asked, SearchCursor at, int wanted, List<(string, byte[])> found, CancellationToken cancellation)
    {
        await using var command = (await database.SourceAsync(cancellation)).CreateCommand(Question);
        var (all, byName) = (asked.Condition(""), asked.Condition("AB"));
        object?[] values = [at.InProse ? all : byName, byName, at.InProse, at.Top, asked.Year, asked.Region, asked.Level, asked.Kind, asked.Agency, Handful, at.Told, wanted];
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        }
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        if (reader.GetInt64(0) is var size && size == 0)
        {
            return at.InProse ? null : new SearchCursor(true, long.MaxValue, 0);
        }
        // From now on the handful is told by its newest publication, so that what is published meanwhile moves nothing in it.
        var (told, top, last) = (at.Told, Math.Min(at.Top, reader.GetInt64(1)), reader.GetInt64(2));
        do
        {
            if (!await reader.IsDBNullAsync(3, cancellation))
            {
                var body = reader.GetFieldValue<byte[]>(3);
                found.Add((new SearchCursor(at.InProse, top, ++told).ToString(), Json.Bytes(writer => Write(writer, body, asked.Terms))));
            }
        }
        while (await reader.ReadAsync(cancellation));
        return told < size ? new SearchCursor(at.InProse, top, told)
            : size == Handful ? new SearchCursor(at.InProse, last - 1, 0)
            : at.InProse ? null : new SearchCursor(true, long.MaxValue, 0);
    }

    private static void Write(Utf8JsonWriter writer, byte[] published, IReadOnlyList<string> terms)
    {
        using var body = JsonDocument.Parse(published);
        var root = body.RootElement;
        writer.WriteStartObject();
        foreach (var name in (string[])["agency", "year", "revision", "publishedAt"])
        {
            writer.WritePropertyName(name);
            root.GetProperty(name).WriteTo(writer);
        }
        writer.WriteStartArray("passages");
        var content = FilingReader.Read(root).Filing.Content;
        foreach (var (key, prose) in Sections.All.Select(section => (section.Key, content.Section(section.Key))))
        {
            WritePassages(writer, key, prose, terms);
        }
        writer.WriteEndArray();
        writer.WriteStartObject("links");
        writer.WriteString("report", $"/v1/agencies/{root.GetProperty("agency").GetProperty("code").GetString()}/reports/{root.GetProperty("year").GetInt32()}");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WritePassages(Utf8JsonWriter writer, string section, string? prose, IReadOnlyList<string> terms)
    {
        if (prose is null)
        {
            return;
        }
        var passage = FoldedText.Of(prose);
        foreach (var (from, to) in terms.Select(term => SearchWords.Find(passage, term)).OfType<(int, int)>())
        {
            var (begin, end) = (Math.Max(0, from - Around), Math.Min(prose.Length, to + Around));
            writer.WriteStartObject();
            writer.WriteString("section", section);
            writer.WriteNumber("from", from);
            writer.WriteNumber("to", to);
            writer.WriteString("text", prose[begin..end]);
            writer.WriteEndObject();
        }
    }

    private sealed record Asked(IReadOnlyList<string> Terms, int? Year, string? Region, string? Level, string? Kind, string? Agency)
    {
        public string Condition(string weights) => string.Join(" & ", Terms.Select(term => $"({SearchWords.Condition(term, weights)})"));
    }
}
