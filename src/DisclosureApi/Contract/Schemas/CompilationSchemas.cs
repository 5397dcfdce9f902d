using Disclosure.Compiling;
using Disclosure.Formats;
using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract.Schemas;

/// <summary>Compiled reports: what they are made of, cell by cell and body by body.</summary>
internal static class CompilationSchemas
{
    private const int MaxReason = 2_000;

    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() =>
    [
        ("CompilationRequest", Closed(
            "What is to be compiled; an empty object says: as the register has it, or as it was compiled last.",
            ("scope", Scope().OrNull()),
            ("members", List("Bodies that are counted or left out against what the register says.", Closed(
                "One body.",
                ("agency", Named("AgencyCode")),
                ("counted", Flag("Whether it is counted.")),
                ("reason", Text("Why; it becomes public with the report.", MaxReason).NotEmpty())).Whole(), 5_000).With(list => list.Type |= JsonSchemaType.Null)))
            .WithExample("""{ "scope": "area" }""")),
        ("AdjustmentRequest", Closed(
            "Amounts on top of what the members add up to.",
            ("adjustments", List("At least one.", Closed(
                "One amount.",
                ("cell", Text("The cell's JSON pointer into the content.", 200).NotEmpty()),
                ("amount", ReadingSchemas.Number("What is added; negative to take away, never 0.")),
                ("reason", Text("Why; it becomes public with the report.", MaxReason).NotEmpty())).Whole(), 500).NotEmpty()))
            .Whole().WithExample("""{ "adjustments": [{ "cell": "/tables/applications/received/total", "amount": -2, "reason": "部门间移送的申请重复登记。" }] }""")),
        ("Compilation", Compilation()),
        ("CompiledCell", Closed("One compiled figure and where it comes from.",
        [
            ("agency", Named("AgencySummary")), ("year", ReportSchemas.Year()), .. Figure(),
            ("shares", List("Every counted member, the largest share first.", Closed(
                "What one member gives.",
                ("agency", Named("AgencySummary")),
                ("revision", Integer("The revision that was added up.", 1)),
                ("value", Amount("Its figure; null where it does not give the cell.")),
                ("percent", Amount("Its share of the sum in percent, half up to two places; null where there is no sum above 0.")),
                ("report", Text("Address of that revision."))).Whole())),
            ("adjustments", Adjustments()),
        ]).Whole()),
    ];

    /// <summary>As auditors read it, folded from the events.</summary>
    public static OpenApiSchema Replayed() => Closed(
        "What it was compiled from; null where it was not.",
        ("scope", Scope()),
        ("form", Form()),
        ("upTo", Integer("The last position that the compilation knew of.", 0)),
        ("sums", Open("Sums of the counted members by the pointers of their cells.")),
        ("members", List("In the order of codes.", Closed(
            "One body.",
            ("agency", Named("AgencyCode")),
            ("revision", Revision()),
            ("leftOut", Reason().OrNull()),
            ("decision", Text("Why it was decided on; null where it was not.", MaxReason).OrNull())).Whole())),
        ("adjustments", Adjustments())).Whole().OrNull();

    private static OpenApiSchema Compilation() => Closed(
        "What a report was compiled from.",
        ("agency", Named("AgencySummary")),
        ("year", ReportSchemas.Year()),
        ("state", ReportSchemas.State("The state of the draft; published for what is public.")),
        ("revision", Integer("Number of the public revision; null for the draft.", 1).OrNull()),
        ("scope", Scope()),
        ("form", Form()),
        ("compiledUpTo", Integer("The last position that the compilation knew of.", 0)),
        ("counts", Closed(
            "How many bodies.",
            ("members", Integer("That belong in the sums.", 0)),
            ("counted", Integer("That are in the sums.", 0)),
            ("missing", Integer("That belong in the sums and are not there.", 0)),
            ("leftOut", Integer("That are not in the sums, for whatever reason.", 0))).Whole()),
        ("members", List("Every body, in the order of codes.", Member())),
        ("sums", List("Every cell of the form, in its order.", Closed("One figure.", [.. Figure()]).Whole())),
        ("adjustments", Adjustments()),
        ("stale", Flag("Whether something has changed since it was compiled.")),
        ("differences", Closed(
            "What was compiled against what stands now.",
            ("members", List("Bodies that stand otherwise now.", Drift())),
            ("cells", List("Cells whose sum is another now.", Closed(
                "One cell.",
                ("cell", Cell()),
                ("label", Text("As the form prints it.")),
                ("compiled", Amount("The sum as it was compiled; null where nobody gave the cell.")),
                ("now", Amount("The sum as it would be now; null where nobody gives the cell.")),
                ("difference", ReadingSchemas.Number("now less compiled, with nothing for null."))).Whole()))).Whole()),
        ("links", Closed("Where to go on.", ("report", Text("The report.")), ("cells", Text("What the cells' addresses begin with."))).Whole())).Whole();

    private static OpenApiSchema Member() => Closed("One body.",
    [
        ("agency", Named("AgencySummary")), .. Standing(),
        ("missing", Flag("Whether it belongs in the sums and is not there.")),
        ("successors", List("Codes of the bodies that count in its place.", Named("AgencyCode"))),
        ("countedBy", List("Names of the bodies that count it already.", Text("A name."))),
        ("decision", Text("Why the compiling body counts it or leaves it out; null where the register decides.", MaxReason).OrNull()),
        ("report", Text("Address of the revision; null where there is none.").OrNull()),
    ]).Whole();

    private static OpenApiSchema Drift() => Closed(
        "One body.",
        ("agency", Named("AgencySummary")),
        ("change", Choice(
            "What became of it.",
            ("corrected", "another revision of its report is public"), ("nowCounted", "it was left out and could be counted now"), ("noLongerCounted", "it was counted and could not be now"),
            ("otherReason", "it is left out for another reason, or with another revision"), ("added", "it was not among the members"), ("gone", "it no longer is among the members"))),
        ("compiled", Closed("As it was compiled; null where it was not among the members.", [.. Standing()]).Whole().OrNull()),
        ("now", Closed("As it would be now; null where it no longer is among the members.", [.. Standing()]).Whole().OrNull()),
        ("report", Text("Address of its report."))).Whole();

    private static (string Name, IOpenApiSchema Schema)[] Standing() =>
    [
        ("counted", Flag("Whether it is in the sums.")),
        ("revision", Revision()),
        ("reason", Reason().OrNull()),
        ("messages", NamedOrNull("Message", "The reason in words; null where it is counted.")),
    ];

    private static (string Name, IOpenApiSchema Schema)[] Figure() =>
    [
        ("cell", Cell()),
        ("label", Text("As the form prints it.")),
        ("compiled", Amount("What the counted members add up to; null where none gives the cell.")),
        ("adjustment", Amount("What was added to that; null where nothing was.")),
        ("figure", Amount("What comes of both; null where there is neither.")),
        ("stated", Amount("What the report says in the cell.")),
        ("given", Integer("How many counted members give the cell.", 0)),
        ("notGiven", Integer("How many do not: their share is not known.", 0)),
    ];

    private static OpenApiSchema Adjustments() => List("In the order in which they were recorded.", Closed(
        "One adjustment.",
        ("cell", Cell()),
        ("amount", ReadingSchemas.Number("What was added.")),
        ("reason", Text("Why.", MaxReason)),
        ("actor", Text("Who recorded it; null where that is not told.").OrNull())).Whole());

    private static OpenApiSchema Scope() => Choice(
        "What is added up.",
        ("area", "本行政区域, a government's own level and what is right below it"), ("ownLevel", "本级, its own level alone"), ("line", "本系统, the vertical system that the body leads"));

    private static OpenApiSchema Reason() => Choice("Why it is not in the sums; null where it is.", LeftOutReasons.Words.ToDictionary(reason => reason.Key, reason => $"{reason.Value.Zh}. {reason.Value.En}"));

    private static OpenApiSchema Form() => Text("Key of the form.").With(form => form.Enum = [.. KnownFormats.All.Select(known => (System.Text.Json.Nodes.JsonNode)known.Key)]);

    private static OpenApiSchema Revision() => Integer("The revision that was public; null where there was none.", 1).OrNull();

    private static OpenApiSchema Cell() => Pattern("JSON pointer into the content.", @"^/tables/[a-z]+/[A-Za-z.]+/[A-Za-z]+$", "/tables/applications/received/total");

    private static OpenApiSchema Amount(string description) => ReadingSchemas.Number(description).OrNull();
}
