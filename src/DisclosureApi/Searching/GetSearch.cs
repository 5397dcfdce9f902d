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
    /// <summary>Characters told before and behind what was found.</summary>
    private const int Around = 30;

    private const int MostLone = 3;

    private static readonly string[] _filters = ["year", "region", "level", "kind", "agency"];

    public static readonly OperationContract Contract = new("search_reports", "Reports", "Search published reports by words")
    {
        Description =
            "Finds reports by the name of their agency, now and at any time before, by their region and by the words of their prose; every term of q must be found as it stands. Widths, brackets and blanks make no difference. "
            + $"What is found by names comes before what is found in prose alone. Results come in handfuls of {SearchHandful.Size}, the newest first, and within a handful the best first; passages tell where in "
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
        var asked = SearchQuestion.Of(
            terms,
            Filter.Year(request), Filter.RegionPrefix(request), Filter.Choice<AgencyLevel>(request, "level"), Filter.Choice<AgencyKind>(request, "kind"), Filter.Code(request, "agency"));
        var cursor = page.Before.Length > 0 ? throw Page.WrongCursor("before") : page.After.Length == 0 ? SearchCursor.Start : SearchCursor.Parse(page.After) ?? throw Page.WrongCursor("after");
        var (handfuls, found) = (new SearchHandful(database, asked), new List<(string, byte[])>());
        SearchCursor? next = cursor;
        while (next is { } at && found.Count <= page.Limit)
        {
            next = await HandfulAsync(handfuls, asked, at, page.Limit + 1 - found.Count, found, cancellation);
        }
        return page.Answer("/v1/search", found);
    }

    private static IReadOnlyList<string> Terms(HttpRequest request)
    {
        var terms = request.Query["q"] is [{ Length: > 0 and <= SearchWords.MostCharacters } question] && SearchWords.Terms(question) is { Count: > 0 and <= SearchWords.MostTerms } its
            ? its
            : throw Page.Wrong(
                $"q应为1至{SearchWords.MostTerms}个以空格分隔的检索词，共不超过{SearchWords.MostCharacters}个字，至少含一个汉字、字母或数字",
                $"q must be 1 to {SearchWords.MostTerms} terms with blanks between, of {SearchWords.MostCharacters} characters in all, with a letter or digit in each.");
        // A lone character is looked up as all words that begin with it, which a reader may ask for a few times and not for a sentence of them.
        return terms.Count(term => term.Length == 1) <= MostLone
            ? terms
            : throw Page.Wrong($"单字检索词最多{MostLone}个，请把相连的字写在一起", $"At most {MostLone} terms may be a single character; write those together that belong together.");
    }

    /// <summary>Adds what the rest of a handful has to the results; answers where the next begins, null where there is none.</summary>
    private static async Task<SearchCursor?> HandfulAsync(
        SearchHandful handfuls, SearchQuestion asked, SearchCursor at, int wanted, List<(string, byte[])> found, CancellationToken cancellation)
    {
        var handful = await handfuls.FindAsync(at, cancellation);
        if (handful.Count == 0)
        {
            return at.InProse ? null : SearchCursor.StartOfProse;
        }
        // From now on the handful is told by its newest publication, so that what is published meanwhile moves nothing in it.
        var (told, top) = (at.Told, handful[0].Position);
        foreach (var body in await handfuls.RankAsync(handful, at.InProse, told, wanted, cancellation))
        {
            found.Add((new SearchCursor(at.InProse, top, ++told).ToString(), Json.Bytes(writer => Write(writer, body, asked.Terms))));
        }
        return told < handful.Count ? new SearchCursor(at.InProse, top, told)
            : handful.Count == SearchHandful.Size ? new SearchCursor(at.InProse, handful[^1].Position - 1, 0)
            : at.InProse ? null : SearchCursor.StartOfProse;
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
}
