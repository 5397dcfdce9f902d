using Disclosure.Contents;
using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract.Schemas;

/// <summary>How a document was read: where each number stood, and where its reader had to choose.</summary>
internal static class ReadingSchemas
{
    private static readonly Dictionary<ReadingState, string> _states = new()
    {
        [ReadingState.Sure] = "the number was read and stands in the tables",
        [ReadingState.Uncertain] = "something is printed, but what number it means cannot be told; the tables hold null",
        [ReadingState.Blank] = "the cell is there and holds no number: empty, \"/\", \"-\", \"—\", 无",
        [ReadingState.Absent] = "the document has no such cell",
    };

    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() =>
    [
        ("Message", Message()),
        ("Readings", Readings()),
        ("Reading", Reading()),
        ("Note", Note()),
    ];

    private static OpenApiSchema Message() => Closed(
        "A sentence for people, in both languages.",
        ("zh", Text("In Chinese.", 2_000)),
        ("en", Text("In English.", 2_000))).Whole();

    private static OpenApiSchema Readings() => new()
    {
        Type = JsonSchemaType.Object | JsonSchemaType.Null,
        Description = "How each cell was read, by JSON pointer into the content. Empty or absent when the filing was not read from a document.",
        PatternProperties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { [ContentSchemas.CellPattern] = Named("Reading") },
        AdditionalPropertiesAllowed = false,
    };

    private static OpenApiSchema Reading() => Closed(
        "Where and how one cell was read. Answers hold every member; in requests all but state may be left out or null.",
        ("state", Choice("How certain the reader is.", _states)),
        ("raw", Text("The cell as printed.", 500).OrNull()),
        ("line", Integer("Line of the document, counted from 1. In web pages and Word files a line of a paragraph and a row of a table count as one each; in a PDF lines go on from page to page.", 1, int.MaxValue).OrNull()),
        ("column", Integer("Character of that line, counted from 1; in web pages and Word files the cell of that row.", 1, int.MaxValue).OrNull()),
        ("candidates", List("Values that would fit, best first; empty when the reading is sure.", Number("A value that would fit."), 50)
            .With(list => list.Type |= JsonSchemaType.Null)),
        ("why", NamedOrNull("Message", "Why the reading is not sure, or what was converted."))).Requiring("state");

    private static OpenApiSchema Note() => Closed(
        "A place where a document departs from the form, or where its reader had to choose.",
        ("code", Text("What kind of departure it is.", 100)),
        ("messages", Named("Message")),
        ("at", Text("JSON pointer into the content; null when the note is about the document as a whole.", 200).OrNull())).Requiring("code", "messages");

    /// <summary>Any number that this API keeps exactly.</summary>
    public static OpenApiSchema Number(string description) => Decimal(description, -CellNumber.MaxCount, CellNumber.MaxCount);
}
