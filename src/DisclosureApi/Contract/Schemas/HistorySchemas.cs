using DisclosureApi.Http;
using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract.Schemas;

/// <summary>What was public when, and what changed.</summary>
internal static class HistorySchemas
{
    private const int MaxReason = 2_000;

    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() =>
    [
        ("Revisions", Revisions()),
        ("Assessments", Assessments()),
        ("RevisionChanges", Changes()),
        ("LabelledChange", Change()),
        ("JsonPatch", List("A JSON Patch (RFC 6902). Only add, remove and replace occur.", Closed(
            "One operation.",
            ("op", Choice("What is done.", ("add", "a value is put there"), ("remove", "the value goes"), ("replace", "another value takes its place"))),
            ("path", Text("JSON pointer (RFC 6901) into the document as the operations before have left it.")),
            ("value", Value("What add and replace put there."))).Requiring("op", "path"))),
        ("CellPage", Closed(
            "A page of what one cell said.",
            ("items", List("In the order of years and revisions.", Named("CellRevision"), Page.MaxLimit)),
            ("next", Text("Address of the following page; null on the last.").OrNull())).Whole()),
        ("CellRevision", Cell()),
        ("TimeMap", Text("Links in application/link-format (RFC 6690), one a line: original, timegate, self, and the mementos with their datetime.")),
    ];

    private static OpenApiSchema Revisions() => Closed(
        "What was ever made public of a report.",
        ("items", List("Revisions from the first on.", Closed(
            "A revision.",
            ("revision", Integer("Counted from 1.", 1)),
            ("publishedAt", Time("When this API published the revision.")),
            ("publishedOn", Day("The day of legal publication, where it differs.").OrNull()),
            ("sourceUrl", Text("Where it was published before, for a report brought in from a portal.", 2_000).OrNull()),
            ("contentHash", ReportSchemas.Hash("Of the content.")),
            ("reason", Text("Why the revision before was corrected; null for the first.", MaxReason).OrNull()),
            ("links", Closed(
                "Where to go from here.",
                ("self", ReportSchemas.Link("The revision.")),
                ("changes", ReportSchemas.Link("What changed since the revision before; null for the first.").OrNull())).Whole())).Whole()).NotEmpty()),
        ("withdrawals", List("Times during which the report was withdrawn, oldest first.", Closed(
            "A withdrawal.",
            ("revision", Integer("The revision that was withdrawn.", 1)),
            ("withdrawnAt", Time("From when on.")),
            ("reason", Text("Why.", MaxReason)),
            ("reinstatedAt", Time("Until when; null while it lasts.").OrNull()),
            ("reinstatementReason", Text("Why it was reinstated; null while it was not.", MaxReason).OrNull())).Whole()))).Whole();

    private static OpenApiSchema Assessments() => Closed(
        "What the rules said of a report, whenever it was checked.",
        ("items", List("Checks in order.", Closed(
            "A check.",
            ("revision", Integer("The revision that was checked.", 1)),
            ("cause", Choice("Why it was checked.",
                ("submission", "提交, it was handed in; it was published with these findings"),
                ("archive", "存档, it was brought in from a portal"),
                ("correction", "上年更正, last year's report, or that of a body it took over from, was corrected since"),
                ("request", "申请复核, somebody asked what the rules say now"))),
            ("checkedAt", Time("When.")),
            ("position", Integer("Position of the event that keeps the result.", 1)),
            ("previousRevision", Integer("The revision of last year's report that a later check held it against; null where there is none.", 1).OrNull()),
            ("ruleSet", FindingSchemas.RuleSet()),
            ("findings", FindingSchemas.FindingList()),
            ("notAssessed", FindingSchemas.NotAssessedList())).Whole()).NotEmpty())).Whole();

    private static OpenApiSchema Changes() => Closed(
        "What turns one revision into another.",
        ("from", Revision("The revision to begin with; null for nothing.").OrNull()),
        ("to", Revision("The revision that comes of it.")),
        ("changes", List("Every cell and every text of the content that differs.", Named("LabelledChange"))),
        ("patch", Named("JsonPatch", "Turns the whole answer of the one revision into that of the other."))).Whole();

    private static OpenApiSchema Revision(string description) => Closed(
        description,
        ("revision", Integer("Its number.", 1)),
        ("publishedAt", Time("When this API published it.")),
        ("contentHash", ReportSchemas.Hash("Of its content.")),
        ("address", ReportSchemas.Link("Where it is read."))).Whole();

    private static OpenApiSchema Change() => Closed(
        "One place of the content that differs.",
        ("kind", Choice("What stands there.", ("cell", "a number of a table"), ("text", "words, a date, or the key of a form"))),
        ("pointer", Text("JSON pointer into the content.")),
        ("label", Text("What the form calls the place: labels of row and column, heading of a section; in Chinese.")),
        ("from", Value("What stood there; null for nothing.")),
        ("to", Value("What stands there; null for nothing."))).Whole();

    private static OpenApiSchema Cell() => Closed(
        "What one revision says in the cell.",
        ("year", ReportSchemas.Year()),
        ("revision", Integer("Number of the revision.", 1)),
        ("publishedAt", Time("When this API published the revision.")),
        ("standing", Choice("What became of the revision.", ("current", "its report says so now"), ("superseded", "a later revision took its place"), ("withdrawn", "the report was withdrawn with it"))),
        ("form", Text("Key of the form that the table follows; null where the report does not say.").OrNull()),
        ("label", Text("What that form calls the cell, in Chinese.")),
        ("unit", Text("The unit of the number; null for a plain count.").OrNull()),
        ("value", Decimal("The number; null where it is not given.").OrNull()),
        ("links", Closed("Where to go from here.", ("revision", ReportSchemas.Link("The revision."))).Whole())).Whole();

    private static OpenApiSchema Value(string description) => new() { Description = description };
}
