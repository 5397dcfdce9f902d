using Disclosure.Formats;
using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract.Schemas.Figures;

/// <summary>Files of reports, and what changes in public.</summary>
internal static class BulkSchemas
{
    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() =>
    [
        ("ExportManifest", Closed(
            "What the files of a year are.",
            ("year", Integer("报告年度.", KnownFormats.FirstYear, 9999)),
            ("position", LedgerSchemas.Count("The files are as of this position: that of the last event by then that changed a public report.")),
            ("reports", LedgerSchemas.Count("How many reports were public.")),
            ("licence", Text("Under what licence the files may be used, as the operator says: a sentence or an address; null when it says nothing.").OrNull()),
            ("rights", Text("The same; where the operator says nothing, that it does.")),
            ("changes", Text("Address of all that changed since.")),
            ("files", List("The files.", File()))).Whole()),
        ("ExportCatalogue", Open("A dcat:Catalog (DCAT 3) as JSON-LD.", ("@id", Text("Its address.")), ("@type", Text("dcat:Catalog.")), ("dcat:dataset", List("A dcat:Dataset for each year.", Open("A year.", ("@id", Text("Its address."))))))),
        ("Change", Change()),
        ("ChangePage", Closed(
            "A page of changes.",
            ("items", List("In the order of positions.", Named("Change"), Http.Page.MaxLimit)),
            ("last", Integer("Ask for what comes after it.", 0)),
            ("next", Text("Address of the next page; null at the end.").OrNull())).Whole()),
    ];

    private static OpenApiSchema File() => Closed(
        "One file, before any coding.",
        ("address", Text("Where these bytes stand.")),
        ("mediaType", Text("Its media type.")),
        ("rows", Choice("What a line is.", ("reports", "a report"), ("cells", "a cell that is given"))),
        ("bytes", LedgerSchemas.Count("Its length.")),
        ("sha256", Pattern("SHA-256 of its bytes.", "^[0-9a-f]{64}$", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")),
        ("lines", LedgerSchemas.Count("Lines, without the head of a table."))).Whole();

    public static OpenApiSchema ChangeType() => Choice(
        "What happened.",
        ("published", "a report was published"), ("corrected", "a correction was published"), ("archived", "a report published elsewhere before was brought in"),
        ("withdrawn", "a report was withdrawn"), ("reinstated", "a withdrawn report stands again"), ("redacted", "words were removed from a public text by law"),
        ("agencyRegistered", "a body was registered"), ("agencyChanged", "an entry was put right"), ("agencyRenamed", "a body has another name"),
        ("agencyMerged", "others took over what a body was"), ("agencyDissolved", "a body ended"), ("agencyRestored", "an end was recorded wrongly"),
        ("dutyDecided", "whether a body owes a report was decided"),
        ("errorReportAnswered", "an agency answered a reader's error report"), ("errorReportDismissed", "an agency dismissed a reader's error report"),
        ("errorReportRedacted", "words were removed by law from what is public of an error report"));

    private static OpenApiSchema Change() => Closed(
        "Something that anyone may see happen.",
        ("position", LedgerSchemas.Position()),
        ("type", ChangeType()),
        ("at", Time("When.")),
        ("agency", Named("AgencyCode")),
        ("year", Integer("报告年度; null for what happened to an entry of the register.", KnownFormats.FirstYear, 9999).OrNull()),
        ("revision", Integer("The last revision published by then; null for entries of the register.", 1).OrNull()),
        ("address", Text("What to fetch again."))).Whole();
}
