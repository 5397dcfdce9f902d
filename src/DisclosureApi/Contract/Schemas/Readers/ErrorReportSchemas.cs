using DisclosureApi.Http;
using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract.Schemas.Readers;

/// <summary>What readers find wrong in published reports, and what comes of it.</summary>
internal static class ErrorReportSchemas
{
    private const int MaxText = 2_000;
    private const int MaxPointer = 200;

    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() =>
    [
        ("NewErrorReport", Closed(
            "What a reader finds wrong in what is public.",
            ("revision", Integer("The revision that was read, which must be the current one.", 1, int.MaxValue)),
            ("pointer", Text("JSON pointer to the cell (/tables/{table}/{row}/{column}) or to the section (/sections/{section}) in its content.", MaxPointer).NotEmpty()),
            ("read", Figure("The number that was read there or elsewhere; null or left out where none was.").OrNull()),
            ("expected", Figure("The number that would be right; null or left out where the reader does not know.").OrNull()),
            ("message", Text("What is wrong, in plain words without tags, invisible characters and numbers that stand for a person.", MaxText).NotEmpty()))
            .Requiring("revision", "pointer", "message")
            .WithExample("""{ "revision": 1, "pointer": "/tables/applications/received/total", "read": 3119, "expected": 3121, "message": "与第一部分所述3121件不一致。" }""")),
        ("ErrorAnswer", Closed(
            "The agency's answer to an error report.",
            ("reason", Text("What the agency says; it becomes public.", MaxText).NotEmpty()),
            ("revision", Integer("The later revision that mended the error; null or left out where there is none.", 1, int.MaxValue).OrNull()))
            .Requiring("reason").WithExample("""{ "reason": "经核实，漏计2件，已更正。", "revision": 2 }""")),
        ("ErrorReport", ErrorReport()),
        ("ErrorReportPage", Closed(
            "A page of error reports.",
            ("items", List("In the order in which they came.", Named("ErrorReport"), Page.MaxLimit)),
            ("counts", Closed(
                "How many there are on this report.",
                ("open", Integer("Wait for the agency.", 0)), ("answered", Integer("Were answered.", 0)), ("dismissed", Integer("Were dismissed.", 0))).Whole()),
            ("next", Text("Address of the following page; null on the last.").OrNull())).Whole()),
        ("ErrorReportStep", Closed(
            "Where an error report is after a step.",
            ("number", Number()),
            ("state", State()),
            ("position", Integer("Position of the step in the order of all events.", 1)),
            ("links", Closed("Where to go from here.", ("self", ReportSchemas.Link("The error report.")), ("report", ReportSchemas.Link("The report that it is about."))).Whole())).Whole()),
    ];

    public static OpenApiSchema Number() => Integer("Counted from 1 within the report.", 1, int.MaxValue);

    public static OpenApiSchema State() => Choice(
        "What has come of it.", ("open", "待答复, it waits for the agency"), ("answered", "已答复, with a reason, and with the revision that mended it where one did"), ("dismissed", "不予处理, with a reason"));

    private static OpenApiSchema ErrorReport() => Closed(
        "What a reader found wrong, as the caller may read it.",
        ("number", Number()),
        ("state", State()),
        ("revision", Integer("The revision that was read.", 1)),
        ("pointer", Text("JSON pointer into its content.", MaxPointer)),
        ("label", Text("What the form calls the place, in Chinese.")),
        ("published", Figure("What the cell says there; null where it gives nothing, and for a section.").OrNull()),
        ("read", Figure("The number that the reader read; null where he says none, and to strangers while it is open.").OrNull()),
        ("expected", Figure("The number that the reader takes for right; null where he says none, and to strangers while it is open.").OrNull()),
        ("message", Text("The reader's words: public from the answer on; null to strangers before it, and for good where it was dismissed.", MaxText).OrNull()),
        ("reportedAt", Time("When it came.")),
        ("settledAt", Time("When it was answered or dismissed; null while it is open.").OrNull()),
        ("reason", Text("What the agency, or the office that supervises it, says; null while it is open.", MaxText).OrNull()),
        ("correction", Integer("The later revision that mended the error; null where there is none.", 1).OrNull()),
        ("links", Closed(
            "Where to go from here.",
            ("self", ReportSchemas.Link("The error report.")),
            ("revision", ReportSchemas.Link("The revision that was read.")),
            ("correction", ReportSchemas.Link("The revision that mended it; null where there is none.").OrNull())).Whole())).Whole();

    private static OpenApiSchema Figure(string description) => Decimal(description, -9_007_199_254_740_991, 9_007_199_254_740_991);
}
