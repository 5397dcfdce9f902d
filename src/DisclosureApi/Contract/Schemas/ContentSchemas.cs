using System.Text.Json.Nodes;
using Disclosure.Contents;
using Disclosure.Formats;
using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract.Schemas;

/// <summary>What a report says. Which words it may hold is read from <see cref="ContentShape"/>, so that the contract cannot tell another story.</summary>
internal static class ContentSchemas
{
    public const string CellPattern = "^/tables/(proactive|applications|disputes)/[A-Za-z.]+/[A-Za-z]+$";

    private static readonly Dictionary<string, string> _rooms = new(StringComparer.Ordinal)
    {
        ["period"] = "统计期间, the period that the report says its figures cover: a calendar year (条例, article 49).",
        ["contact"] = "联系方式, how to reach the body, as printed.",
        ["sections"] = "The prose of the six parts that article 50 of the regulation orders, and of the preamble before them. Paragraphs are parted by \\n; "
            + "the three sections with tables hold what stands beside their tables.",
        ["forms"] = "Which official form each table follows. Real reports mix them, so each table tells its own.",
    };

    private static readonly Dictionary<string, string> _words = new(StringComparer.Ordinal)
    {
        ["/title"] = "标题, the title as printed.",
        ["/printedDate"] = "落款日期, the day printed under the report.",
        ["/period/from"] = "First day.",
        ["/period/to"] = "Last day.",
        ["/contact/office"] = "单位, the office to turn to.",
        ["/contact/address"] = "地址, the postal address.",
        ["/contact/postcode"] = "邮编, the postcode.",
        ["/contact/telephone"] = "电话, the telephone number.",
        ["/contact/email"] = "电子邮箱, the e-mail address.",
        ["/contact/site"] = "网址, the address of the website.",
        ["/source/headings/*/section"] = "The section under this heading.",
        ["/source/headings/*/printed"] = "The heading as printed.",
        ["/source/labels/*/at"] = "Pointer to the table, row or cell that the label belongs to.",
        ["/source/labels/*/printed"] = "The label as printed.",
        ["/source/marks/*"] = "The mark as printed.",
    };

    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() => [("Filing", Filing()), ("Content", Content())];

    private static OpenApiSchema Filing() => Closed(
        "A report as it is handed in. Absent members and null mean the same: not given. Unknown members are refused.", FilingMembers(NamedOrNull("Content", "What the report says.")))
        .WithExample(Examples.Filing);

    /// <summary>The members of a filing, for answers that tell more beside them.</summary>
    public static (string Name, IOpenApiSchema Schema)[] FilingMembers(IOpenApiSchema content) =>
    [
        ("agencyName", Text("The body's name as the title prints it; what the register calls it is another matter.", 500).OrNull()),
        ("year", Integer(
            "报告年度, the year the report is about. A draft's address names it already: here it may be left out, and if given equals it. "
            + "POST /v1/validations needs it.",
            1900, 9999).OrNull()),
        ("content", content),
        ("readings", Named("Readings")),
        ("notes", List("Where the document departs from the form, or its reader had to choose.", Named("Note"), ContentShape.MaxItems)
            .With(list => list.Type |= JsonSchemaType.Null)),
    ];

    private static OpenApiSchema Content() => Closed(
        "What a report says: its words and its numbers. Absent members and null mean the same: not given. Answers always hold every member, "
        + "and in tables every cell of the form that the table follows.",
        ("title", Word("/title")),
        ("printedDate", Word("/printedDate")),
        ("period", Room("period")),
        ("contact", Room("contact")),
        ("sections", Room("sections")),
        ("forms", Room("forms")),
        ("tables", Closed(
            "The numbers of the three official tables, by row and column of the form. A blank, \"/\", \"—\", an unreadable or an uncertain cell is null.",
            [.. KnownFormats.TableKeys.Select(key => (key, (IOpenApiSchema)Named(TableSchemas.Name(key))))]).OrNull()),
        ("source", Source()));

    private static OpenApiSchema Source() => Closed(
        "Headings and labels that differ from the form, and editing marks that were lifted out of the text.",
        ("headings", Items("headings", "section", "printed")),
        ("labels", Items("labels", "at", "printed")),
        ("marks", List("Editing marks, such as a word processor's bookmarks.", Word("/source/marks/*", isNullable: false), ContentShape.MaxItems)
            .With(list => list.Type |= JsonSchemaType.Null))).OrNull();

    private static OpenApiSchema Items(string list, params string[] parts) => List(
        list == "headings" ? "Headings that differ from the form's." : "Labels in tables that differ from the form's.",
        Closed("One of them.", [.. parts.Select(part => (part, (IOpenApiSchema)Word($"/source/{list}/*/{part}", isNullable: false)))]).Whole(),
        ContentShape.MaxItems).With(items => items.Type |= JsonSchemaType.Null);

    private static OpenApiSchema Room(string room)
    {
        var slots = ContentShape.Slots.Where(slot => slot.Path.StartsWith($"/{room}/", StringComparison.Ordinal));
        return Closed(_rooms[room], [.. slots.Select(slot => (slot.Path[(room.Length + 2)..], (IOpenApiSchema)Word(slot.Path)))]).OrNull();
    }

    private static OpenApiSchema Word(string path, bool isNullable = true)
    {
        var slot = ContentShape.Slots.First(slot => slot.Path == path);
        var schema = Typed(slot, Meaning(slot));
        return isNullable ? schema.OrNull() : schema;
    }

    private static OpenApiSchema Typed(WordSlot slot, string meaning) => slot.Kind switch
    {
        WordKind.Text => Text(meaning, slot.MaxLength),
        WordKind.Date => Day(meaning),
        WordKind.Form => Choice(meaning, [.. KnownFormats.All.Select(form => (form.Key, FormatSchemas.Meaning(form)))]),
        WordKind.Section => Text(meaning).With(schema => schema.Enum = [.. Sections.All.Select(section => (JsonNode)section.Key)]),
        WordKind.Place => Text(meaning, slot.MaxLength).With(schema => schema.Pattern = "^/tables/(proactive|applications|disputes)(/[A-Za-z.]+){0,2}$"),
        _ => throw new ArgumentOutOfRangeException(nameof(slot), slot.Kind, "unknown kind of word"),
    };

    private static string Meaning(WordSlot slot) => slot.Path.Split('/') switch
    {
        [_, "sections", var key] => Sections.Find(key)!.Heading ?? "引言, what stands before the first heading.",
        [_, "forms", var key] => $"Which form the table {key} follows.",
        _ => _words[slot.Path],
    };
}
