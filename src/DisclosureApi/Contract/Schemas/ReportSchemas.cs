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
        ("Report", Report()), ("ReportSummary", Summary()), ("ReportPage", ReportPage()), ("AgencyReportPage", AgencyReportPage()), ("Draft", Draft()), ("Step", Step()),
        ("SearchResult", SearchResult()),
        ("SearchPage", Closed(
            "A page of what was found.",
            ("items", List("What was found by names first, then what was found in prose alone; of each handful the best first.", Named("SearchResult"), Http.Page.MaxLimit)),
            ("next", Text("Address of the following page; null on the last.").OrNull())).Whole()),
        ("WorkItem", WorkItem()),
        ("WorkPage", Closed(
            "A page of the reports that wait for the caller.",
            ("items", List("In the order of codes and years.", Named("WorkItem"), Http.Page.MaxLimit)),
            ("next", Text("Address of the following page; null on the last.").OrNull())).Whole()),
    ];

    public static OpenApiSchema PublicStatus() => Choice("What stands at the report's address.", ("published", "its latest revision"), ("withdrawn", "410 with the reason; its revisions stay"));

    public static OpenApiSchema State(string description) => Choice(description, _states);

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

    private static OpenApiSchema SearchResult() => Closed(
        "A report that was found.",
        ("agency", Named("AgencySummary", "The body that owes it, as it was when the revision was published.")),
        ("year", Year()),
        ("revision", Integer("Number of the public revision.", 1)),
        ("publishedAt", Time("When this API published the revision.")),
        ("passages", List("Where in the prose each term stands first, section by section; empty where it was found by names alone.", Closed(
            "A place in a section.",
            ("section", Text("Key of the section.").With(schema => schema.Enum = [.. Sections.All.Select(section => section.Key)])),
            ("from", Integer("First character of the term, in UTF-16 code units from the section's beginning.", 0)),
            ("to", Integer("The character after its last.", 0)),
            ("text", Text("The term with what stands around it."))).Whole())),
        ("links", Closed("Where to go from here.", ("report", Link("The report in public."))).Whole())).Whole();

    private static OpenApiSchema Summary() => Closed("A report in a list.", SummaryMembers()).Whole();

    private static OpenApiSchema AgencyReportPage() => Closed(
        "A page of the reports of a body and of those before it.",
        ("items", List("Reports in the order of years.", Closed("One report.",
        [
            .. SummaryMembers(),
            ("relation", Choice("Whose it is.", ("own", "the body's own, whatever it was called then"), ("predecessor", "that of a body whose duties it took over"))),
            ("successor", NamedOrNull("AgencyCode", "Who took over next from the body that published it, on the way here; null for its own.")),
        ]).Whole(), Page.MaxLimit)),
        ("next", Text("Address of the following page; null on the last.").OrNull())).Whole();

    private static (string Name, IOpenApiSchema Schema)[] SummaryMembers() =>
    [
        ("agency", Named("AgencySummary", "The body that owes it, as the register knows it now.")),
        ("year", Year()),
        ("revision", Integer("Number of its latest revision.", 1)),
        ("status", PublicStatus()),
        ("firstPublishedAt", Time("When this API first published it.")),
        ("firstPublishedOn", Day("The day of its first legal publication: for a report brought in from a portal the day it was published there.")),
        ("late", Flag("Whether that day was after the deadline (条例, article 49): 31 March for what was a government when the year ended, 31 January for others.")),
        ("links", Closed("Where to go from here.", ("report", Link("The report in public.")), ("revisions", Link("Its revisions."))).Whole()),
    ];

    private static OpenApiSchema ReportPage() => Closed(
        "A page of reports.",
        ("items", List("Reports in the order of first publication.", Named("ReportSummary"), Page.MaxLimit)),
        ("next", Text("Address of the following page; null on the last.").OrNull())).Whole();

    private static OpenApiSchema Draft() => Closed(
        "The work in hand: the filing, how far it has come, and what the rules say of it now.",
        [
            .. ContentSchemas.FilingMembers(Named("Content")),
            ("state", Choice("How far the work in hand has come.", _working)),
            ("contentHash", Hash("Of the content as it is now. Secrecy review and approval are bound to it.")),
            ("authors", List("Everyone who changed the draft since it was begun, and who opened the correction; none of them may review or approve it.",
                Text("A person, by the subject of the token; an id without meaning where the person's name was redacted."))),
            ("ruleSet", FindingSchemas.RuleSet()),
            ("findings", FindingSchemas.FindingList()),
            ("notAssessed", FindingSchemas.NotAssessedList()),
            ("comments", List("What the reviewing office wrote when it returned the report.", Closed(
                "One comment.",
                ("pointer", Text("JSON pointer into the content; null for the report as a whole.", 200).OrNull()),
                ("text", Text("The comment.", 2_000))).Whole())),
            ("acknowledgements", List("Findings that the submitter acknowledged, with the reasons given.", Closed(
                "One finding.",
                ("code", Text("The rule's code.")), ("pointers", FindingSchemas.Pointers()),
                ("reason", Text("Why it stands; null where none was given.", 2_000).OrNull())).Whole())),
            ("waivers", List("Errors on which the reviewing office decided.", Closed(
                "One finding.",
                ("code", Text("The rule's code.")), ("pointers", FindingSchemas.Pointers()), ("granted", Flag("Whether it is waived.")),
                ("reason", Text("Why, or why not.", 2_000))).Whole())),
            ("secrecyReview", Closed(
                "The last secrecy review; null where there is none. It holds for the contentHash it names alone.",
                ("contentHash", Hash("Of the content that was read.")), ("passed", Flag("Whether it may be published.")), ("note", Text("What the reviewer noted.", 2_000).OrNull())).Whole().OrNull()),
            ("submissionNote", Text("What the submitter told the reviewing office; null in a draft.", 2_000).OrNull()),
            ("original", Closed(
                "The document that the draft was last read from (…/draft/original); null when all of it came as JSON.",
                ("sha256", Hash("SHA-256 of its bytes.")),
                ("mediaType", Text("The media type that it was filed as.", 200)),
                ("size", Integer("In bytes.", 0)),
                ("reader", Text("The version of the reader that read it; null for documents that were read before versions were told.", 20).OrNull())).Whole().OrNull()),
        ]).Whole();

    private static OpenApiSchema WorkItem() => Closed(
        "A report that waits for somebody.",
        ("agency", Named("AgencySummary", "The body that owes it, as the register knows it now.")),
        ("year", Year()),
        ("kind", Choice("What of it waits.", ("report", "the report itself"), ("errorReports", "差错报告, errors that readers reported in what is public"), ("newFindings", "新发现的问题, found by a check after figures that it was held against were corrected"))),
        ("state", State("How far it has come.")),
        ("nextStep", Choice(
            "What brings it on, as allowed lists name it.", ("editDraft", "编写或修改"), ("reviewSecrecy", "保密审查"), ("submit", "提交"), ("approve", "审核"), ("publish", "公布"), ("answerErrorReports", "答复差错报告"), ("recheck", "重新校验或更正"))),
        ("waitsFor", List("Names of the roles that can take this step.", Text("A role."))),
        ("deadline", Day("The last day to submit and publish, in Asia/Shanghai.")),
        ("isLate", Flag("Whether that day has passed; a correction is never late, nor what came after the publication.")),
        ("since", Time("When the report last moved, or when the oldest error report came that waits; null when nothing was filed.").OrNull()),
        ("isForgotten", Flag("Whether it is a draft or a correction that nobody touched for as long as the operator set (180 days by default): finish it, or discard it with DELETE.")),
        ("contentHash", NullableHash()),
        ("comments", Integer("How many comments came with the last return, for a draft that was returned.", 0)),
        ("changedSinceReturn", Closed(
            "What changed since the reviewing office last returned the report; null while it was not returned.",
            ("count", Integer("How many values.", 0)),
            ("pointers", List("JSON pointers into the content, the first hundred.", Text("A pointer."), 100))).Whole().OrNull()),
        ("errorReports", Integer("How many error reports wait for an answer, where those are what waits; 0 otherwise.", 0)),
        ("newFindings", Integer("How many findings nobody who answers for the report has seen, where those are what waits; 0 otherwise.", 0)),
        ("links", Closed(
            "Where to go from here.",
            ("report", Link("The report in public.")),
            ("draft", Link("The work in hand.")),
            ("errorReports", Link("What readers found wrong in what is public.")),
            ("assessments", Link("What the rules said of it, whenever it was checked."))).Whole())).Whole();

    private static OpenApiSchema NullableHash() => Hash("Of the content as it is now; null when nothing was filed.").OrNull();

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

    public static OpenApiSchema Year() => Integer("报告年度, the year the report is about.", KnownFormats.FirstYear, 9999);

    public static OpenApiSchema Link(string description) => new() { Type = JsonSchemaType.String, Format = "uri-reference", Description = description };
}
