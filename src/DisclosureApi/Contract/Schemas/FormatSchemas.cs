using Disclosure.Formats;
using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract.Schemas;

/// <summary>The official forms as data.</summary>
internal static class FormatSchemas
{
    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() => [("Formats", Formats()), ("Format", Format()), ("FormTable", FormTable())];

    /// <summary>A form in a few words: the notice that fixed it and the years it is for.</summary>
    public static string Meaning(ReportFormat form) =>
        $"{form.Document}, for report years {(form.LastYear is { } last ? $"{form.FirstYear} to {last}" : $"from {form.FirstYear}")}";

    private static OpenApiSchema Formats() => Closed(
        "The official forms, and which documents this instance reads.",
        ("reads", Keys("Media types of documents that this instance reads.")),
        ("sections", List("The parts of a report, in the order of article 50 of the regulation.", Closed(
            "One part.",
            ("key", Text("Name in the API.")),
            ("heading", Text("The official heading with its number.")),
            ("aliases", Keys("Other wordings that mean the same part, without number."))).Whole())),
        ("formats", List("Newest first.", Named("Format")))).Whole();

    private static OpenApiSchema Format() => Closed(
        "One official form of the annual report (政府信息公开工作年度报告格式).",
        ("key", Choice("The year the form was issued, its name in the API.", [.. KnownFormats.All.Select(form => (form.Key, Meaning(form)))])),
        ("document", Text("文号, the number of the notice that fixed it.")),
        ("reportYears", Closed(
            "The report years it applies to.",
            ("from", Integer("The first.", KnownFormats.FirstYear)),
            ("to", Integer("The last; absent while the form is in force.", KnownFormats.FirstYear))).Requiring("from")),
        ("numericCells", Integer("How many numbers a complete report of this form holds.", 1)),
        ("tables", List("In the order of the form.", Named("FormTable")))).Whole();

    private static OpenApiSchema FormTable() => Closed(
        "One official table.",
        ("key", Text("Name in the API; also the key of the section it stands in.")),
        ("caption", Text("Its caption on the form.")),
        ("note", Text("What the form prints beside it; absent where it prints nothing.")),
        ("unit", Text("Unit of all its numbers; absent where columns have their own.")),
        ("blocks", List("Groups of rows that share their columns.", Block())),
        ("balances", List("Identities printed in the form: in every column, the left rows add up to what the right rows add up to.", Closed(
            "One identity.",
            ("left", Keys("Keys of rows.")),
            ("right", Keys("Keys of rows.")),
            ("every", Choice("What the identity holds in.", ("column", "in every column")))).Whole())))
        .Requiring("key", "caption", "blocks", "balances");

    private static OpenApiSchema Block() => Closed(
        "Rows that share their columns.",
        ("caption", Text("What the form prints above them; absent where it prints nothing.")),
        ("article", Text("Article of the regulation they come from.")),
        ("columns", List("From left to right.", Closed(
            "One column.",
            ("key", Text("Name in the API.")),
            ("label", Text("The form's own words.")),
            ("under", Text("The spanning header above it; absent where there is none.")),
            ("unit", Text("Its unit; absent for a plain count.")),
            ("decimals", Integer("Decimal places allowed; 0 makes it a count.", 0)),
            ("signed", Flag("Whether numbers may be negative.")),
            ("sumOf", Keys("Keys of the columns it adds up to; empty for one that is no total."))).Requiring("key", "label", "decimals", "signed", "sumOf"))),
        ("rows", List("From top to bottom.", Closed(
            "One row.",
            ("key", Text("Name in the API.")),
            ("label", Text("The form's own words, with their ordinal.")),
            ("under", Keys("Labels of the spanning cells before it, outermost first.")),
            ("article", Text("Articles of the regulation, or the document, it comes from; absent where none is told.")),
            ("sumOf", Keys("Keys of the rows it adds up to; empty for one that is no total."))).Requiring("key", "label", "under", "sumOf")))).Requiring("columns", "rows");

    private static OpenApiSchema Keys(string description) => List(description, new OpenApiSchema { Type = JsonSchemaType.String });
}
