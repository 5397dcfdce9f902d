using Disclosure.Formats;
using DisclosureApi.Http;
using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract.Schemas;

/// <summary>A report on its way and in public.</summary>
internal static class ReportSchemas
{
    private const string HashPattern = "^[0-9a-f]{64}$";

    /// <summary>States of a report with work in hand, which are the states a draft can be read in.</summary>
    private static readonly (string Value, string Meaning)[] _working =
    [
        ("draft", "编写中, being written"),
        ("submitted", "已提交, with the reviewing office"),
        ("approved", "已批准, waits for publication"),
        ("correcting", "更正中, a correction is being written while the published revision stays public"),
        ("correctionSubmitted", "更正已提交, the correction is with the reviewing office"),
        ("correctionApproved", "更正已批准, the correction waits for publication"),
    ];

    private static readonly (string Value, string Meaning)[] _states =
    [
        ("none", "未编报, nothing has been filed"),
        .. _working,
        ("published", "已公布, public, with no work in hand"),
        ("withdrawn", "已撤回, its address tells why; its history stays"),
    ];

    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() => 
    [
        ("Report", Report()), ("ReportSummary", Summary()), ("ReportPage", ReportPage()), ("Revisions", Revisions()), ("Draft", Draft()), ("Step", Step()),
    ];

    public static OpenApiSchema PublicStatus() => Choice("What stands at the report's address.", ("published", "its latest revision"), ("withdrawn", "410 with the reason; its revisions stay"));

    public static OpenApiSchema Hash(string description) => Pattern(description, HashPattern, new string('a', 64));

    private static OpenApiSchema Report() => Closed(
        "A revision as anyone reads it.",
        ("agency", Named("AgencySummary")),
        ("year", Year()),
        ("revision", Integer("Counted from 1 and given by this API; a correction makes the next.", 1)),
        ("status", Choice("What stands here.", ("published", "the revision is public"))),
        ("publishedAt", Time("When this API published the revision.")),
        ("publishedOn", Day("The day of legal publication, where it differs (a report brought in from a portal).").OrNull()),
        ("sourceUrl", Text("Where it was published before, for a report brought in from a portal.", 2_000).OrNull()),
        ("lastEvent", Integer("Position of the event that made the revision public.", 1)),
        ("contentHash", Hash("Of the content: SHA-256 over its canonical JSON (RFC 8785), with each text replaced by its salted hash.")),
        ("content", Named("Content")),
        ("links", Closed(
            "Where to go from here.",
            ("self", Link("This report.")),
            ("findings", Link("What the rules say of it.")),
            ("agency", Link("The body that owes it."))).Whole())).Whole();

    private static OpenApiSchema Summary() => Closed(
        "A report in a list.",
        ("agency", Named("AgencySummary", "The body that owes it, as the register knows it now.")),
        ("year", Year()),
        ("revision", Integer("Number of its latest revision.", 1)),
        ("status", PublicStatus()),
        ("firstPublishedAt", Time("When this API first published it.")),
        ("firstPublishedOn", Day("The day of its first legal publication: for a report brought in from a portal the day it was published there.")),
        ("late", Flag("Whether that day was after the deadline (条例, article 49): 31 March for a government, 31 January for others.")),
        ("links", Closed("Where to go from here.", ("report", Link("The report in public.")), ("revisions", Link("Its revisions."))).Whole())).Whole();

    private static OpenApiSchema ReportPage() => Closed(
        "A page of reports.",
        ("items", List("Reports in the order of first publication.", Named("ReportSummary"), Page.MaxLimit)),
        ("next", Text("Address of the following page; null on the last.").OrNull())).Whole();

    private static OpenApiSchema Revisions() => Closed(
        "What was ever made public of a report.",
        ("items", List("Revisions from the first on.", Closed(
            "A revision.",
            ("revision", Integer("Counted from 1.", 1)),
            ("publishedAt", Time("When this API published the revision.")),
            ("publishedOn", Day("The day of legal publication, where it differs.").OrNull()),
            ("sourceUrl", Text("Where it was published before, for a report brought in from a portal.", 2_000).OrNull()),
            ("contentHash", Hash("Of the content.")),
            ("links", Closed("Where to go from here.", ("self", Link("The revision."))).Whole())).Whole()).NotEmpty())).Whole();

    private static OpenApiSchema Draft() => Closed(
        "The work in hand: the filing, how far it has come, and what the rules say of it now.",
        [
            .. ContentSchemas.FilingMembers(Named("Content")),
            ("state", Choice("How far the work in hand has come.", _working)),
            ("contentHash", Hash("Of the content as it is now. Secrecy review and approval are bound to it.")),
            ("authors", List("Everyone who changed the draft since it was begun; none of them may review or approve it.",
                Text("A person, by the subject of the token; an id without meaning where the person's name was redacted."))),
            ("ruleSet", FindingSchemas.RuleSet()),
            ("findings", FindingSchemas.FindingList()),
            ("notAssessed", FindingSchemas.NotAssessedList()),
            ("comments", List("What the reviewing office wrote when it returned the report.", Closed(
                "One comment.",
                ("pointer", Text("JSON pointer into the content; null for the report as a whole.", 200).OrNull()),
                ("text", Text("The comment.", 2_000))).Whole())),
            ("original", Closed(
                "The document that the draft was last read from (…/draft/original); null when all of it came as JSON.",
                ("sha256", Hash("SHA-256 of its bytes.")),
                ("mediaType", Text("The media type that it was filed as.", 200)),
                ("size", Integer("In bytes.", 0)),
                ("reader", Text("The version of the reader that read it; null for documents that were read before versions were told.", 20).OrNull())).Whole().OrNull()),
        ]).Whole();

    private static OpenApiSchema Step() => Closed(
        "Where the report is after a step.",
        ("state", Choice("The report's state.", _states)),
        ("position", Integer("Position of the report's last event in the order of all events; 0 when nothing has happened yet.", 0)),
        ("revision", Integer("Number of the revision that anyone may read now; null while nothing is public.", 1).OrNull()),
        ("links", Closed(
            "Where to go from here. An address answers 404 while nothing stands there.",
            ("report", Link("The report in public.")),
            ("draft", Link("The work in hand.")),
            ("findings", Link("The findings on the public revision."))).Whole())).Whole().WithExample(Examples.Step);

    private static OpenApiSchema Year() => Integer("报告年度, the year the report is about.", KnownFormats.FirstYear, 9999);

    private static OpenApiSchema Link(string description) => new() { Type = JsonSchemaType.String, Format = "uri-reference", Description = description };
}
