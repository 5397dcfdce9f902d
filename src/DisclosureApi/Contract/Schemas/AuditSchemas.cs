using DisclosureApi.Http;
using DisclosureApi.Store;
using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract.Schemas;

/// <summary>What auditors read. openapi/HISTORY.md tells how to work with it.</summary>
internal static class AuditSchemas
{
    private const int MaxReason = 2_000;
    private static readonly string[] _always = ["position", "id", "stream", "version", "type", "time", "headers", "data"];

    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() =>
    [
        ("Event", Closed("One event: the envelope whose commitment stands in the ledger at position − 1, with its texts and salts open.", EventMembers()).Requiring(_always)),
        ("EventPage", Feed("A page of events.", "Events in the order of positions.", "Event", "The position up to which this page has looked; after it begins what it has not told.")),
        ("TrailStep", Closed("One event of a report, and what it did.", [.. EventMembers(), .. StepMembers()]).Requiring([.. _always, .. StepMembers().Select(member => member.Name)])),
        ("ReportTrail", Closed(
            "A report's life.",
            ("agency", Named("AgencyCode")),
            ("year", ReportSchemas.Year()),
            ("state", ReportSchemas.State("The state it is in now.")),
            ("version", Integer("How many events there are.", 0)),
            ("items", List("Every event in order.", Named("TrailStep")))).Whole()),
        ("ReportState", State()),
        ("Access", Access()),
        ("AccessPage", Feed("A page of uses of the audit trail.", "Uses in the order in which they began.", "Access", "The number of the last of them.")),
    ];

    private static (string Name, IOpenApiSchema Schema)[] EventMembers() =>
    [
        ("position", Integer("Its place in the one order of all events, from 1 without a gap.", 1)),
        ("id", Text("Its own id, a UUID.")),
        ("stream", Text("What it is about: report/{code}/{year}, agency/{code} or error_report/{code}/{year}/{number}.")),
        ("version", Integer("Its place in its stream, from 1 without a gap.", 1)),
        ("type", EventType()),
        ("time", Time("When it was stored, in microseconds; never before the event with the position before.")),
        ("correlation", Text("Id of the request that caused it, also in the operator's logs.")),
        ("causation", Text("Id of the event that caused it; absent where a person's request did.")),
        ("actor", Text("Who did it, under a pseudonymous id that stays the same.")),
        ("headers", Open(
            "Beside it.",
            ("role", Text("The role acted in.")),
            ("agency", Text("Code of the body acted for; absent for a national role.")),
            ("client", Text("The application that asked (client_id).")),
            ("salt", Text("The event's own salt: 128 random bits in hexadecimal digits.")))),
        ("data", Open("What happened, as it is stored: members that are null are left out. openapi/HISTORY.md tells the members of each type.")),
    ];

    private static (string Name, IOpenApiSchema Schema)[] StepMembers() =>
    [
        ("name", Text("The subject of the token behind actor; null where it was removed.").OrNull()),
        ("role", Text("The role that it was done in.").OrNull()),
        ("agency", Text("Code of the body that it was done for; null for a national role.").OrNull()),
        ("state", ReportSchemas.State("The state that it led to.")),
        ("revision", Integer("Number of the revision that anyone may read after it; null while nothing is public.", 1).OrNull()),
        ("reason", Text("The word that was given with it; null where none was.", MaxReason).OrNull()),
        ("changes", List("The cells and texts of the content that it changed.", Named("LabelledChange"))),
    ];

    public static OpenApiSchema EventType() => Text("What happened.").With(type => type.Enum = [.. EventCodec.Names.Select(name => (System.Text.Json.Nodes.JsonNode)name)]);

    private static OpenApiSchema Feed(string description, string order, string item, string last) => Closed(
        description,
        ("items", List(order, Named(item), Page.MaxLimit)),
        ("last", Integer(last, 0)),
        ("next", Text("Address of the following page; null where there is nothing more now.").OrNull())).Whole();

    private static OpenApiSchema State() => Closed(
        "A report as its events tell it, up to one of them.",
        ("agency", Named("AgencyCode")),
        ("year", ReportSchemas.Year()),
        ("version", Integer("Version of the last event that counts; 0 before the first.", 0)),
        ("position", Integer("Position of that event; 0 before the first.", 0)),
        ("at", Time("Its time; null before the first.").OrNull()),
        ("state", ReportSchemas.State("The state the report is in.")),
        ("contentHash", ReportSchemas.Hash("Of content; null where there is none.").OrNull()),
        ("content", NamedOrNull("Content", "The work in hand, or else what is or was public.")),
        ("work", Work()),
        ("public", Closed(
            "The revision that anyone may read; null while there is none.",
            ("revision", Integer("Its number.", 1)),
            ("contentHash", ReportSchemas.Hash("Of its content.")),
            ("publishedOn", Day("The day of legal publication, where it differs.").OrNull()),
            ("sourceUrl", Text("Where it was published before, for a report brought in from a portal.", 2_000).OrNull()),
            ("content", NamedOrNull("Content", "What it says."))).Whole().OrNull()),
        ("withdrawn", Closed(
            "Why nobody may read it any more; null while it is not withdrawn.",
            ("reason", Text("The reason.", MaxReason)),
            ("revision", Integer("The revision that was public before.", 1))).Whole().OrNull())).Whole();

    private static OpenApiSchema Work() => Closed(
        "What people said and did about the work in hand; null where there is none.",
        ("agencyName", Text("The agency as the title prints it.").OrNull()),
        ("correctionReason", Text("Why the correction was opened; null for a first report.", MaxReason).OrNull()),
        ("authors", List("Ids of everyone who changed it, in their order.", Text("A pseudonymous id."))),
        ("secrecyReview", Closed(
            "The last secrecy review; null while there was none.",
            ("reviewer", Text("Who, by a pseudonymous id.")),
            ("contentHash", ReportSchemas.Hash("Of what was reviewed.")),
            ("passed", Flag("Whether it may be public."))).Whole().OrNull()),
        ("acknowledgements", List("By inputs.", Closed(
            "What the submitter said of a finding.",
            ("code", Text("Code of the rule.")),
            ("inputs", Text("Hash of what the finding was made from.")),
            ("reason", Text("Why it stands.", MaxReason).OrNull())).Whole())),
        ("waivers", List("By inputs.", Closed(
            "What the reviewing office decided of a finding.",
            ("inputs", Text("Hash of what the finding was made from.")),
            ("granted", Flag("Whether it may stand."))).Whole())),
        ("comments", List("What the reviewing office wrote when it last returned the report, until it is submitted again.", Closed(
            "One comment.",
            ("pointer", Text("JSON pointer into the content; null for the report as a whole.").OrNull()),
            ("text", Text("The comment.", MaxReason))).Whole())),
        ("compilation", CompilationSchemas.Replayed()),
        ("approver", Text("Who approved it; null while nobody has.").OrNull())).Whole().OrNull();

    private static OpenApiSchema Access() => Closed(
        "One use of the audit trail.",
        ("number", Integer("From 1 without a gap.", 1)),
        ("at", Time("When it began.")),
        ("actor", Text("Who, by a pseudonymous id.")),
        ("name", Text("The subject of the token behind it; null where it was removed.").OrNull()),
        ("client", Text("The application that asked (client_id).")),
        ("request", Text("Id of the request, also in the operator's logs.")),
        ("operation", Text("The operation, by its operationId.")),
        ("asked", Text("Method and address with its query.")),
        ("status", Integer("The HTTP status it was answered; null while it is under way, or where it was cut off.", 100, 599).OrNull()),
        ("events", Integer("How many events were read for it.", 0).OrNull()),
        ("endedAt", Time("When it ended.").OrNull())).Whole();
}
