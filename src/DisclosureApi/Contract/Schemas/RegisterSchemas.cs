using Disclosure.Formats;
using DisclosureApi.Http;
using DisclosureApi.Store.Figures;
using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract.Schemas;

/// <summary>The register through time: what registrars record, who owes which year's report, and the divisions that bodies lie in.</summary>
internal static class RegisterSchemas
{
    private const int MaxReason = 2_000;

    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() => Steps().Concat(Lists());

    private static (string Name, OpenApiSchema Schema)[] Steps() =>
    [
        ("AgencyHistory", History()),
        ("Renaming", Closed(
            "Another name from a day on.",
            ("name", Text("The new full name, written as names in the register are.", 200).NotEmpty()),
            ("on", Day("First day of the new name, after the first day of the one it has.")),
            ("reason", Text("Becomes part of the public history.", MaxReason).OrNull()))
            .Requiring("name", "on").WithExample("""{ "name": "示例市人民政府办公厅", "on": "2024-07-01", "reason": "市政府机构改革方案" }""")),
        ("Merger", Ending("The body is merged into others, which take over all that it was.", "At least one.", isRequired: true)),
        ("Dissolution", Ending("The body ends.", "Bodies that took over some of its duties; none when left out.", isRequired: false)),
        ("Duty", Closed(
            "Whether a body owes the report of a year, where its years in the register would say otherwise.",
            ("year", Integer("报告年度, the year the report is about.", KnownFormats.FirstYear, 9998)),
            ("decision", Choice(
                "What is decided.", ("exempt", "the report is not owed"), ("oblige", "the report is owed"), ("asRegistered", "an earlier decision is taken back, and the register decides"))),
            ("reason", Text("Anyone may read it in the roster.", MaxReason).NotEmpty()))
            .Whole().WithExample("""{ "year": 2023, "decision": "exempt", "reason": "当年未对外行使行政职权。" }""")),
        ("AgencyImport", Text("Entries of the register as comma-separated values with a header row.", Body.MaxBytes)),
        ("AgencyImportResult", ImportResult()),
    ];

    private static (string Name, OpenApiSchema Schema)[] Lists() =>
    [
        ("RosterPage", Closed(
            "A page of a year's roster.",
            ("items", List("In the order of codes.", Named("RosterEntry"), Page.MaxLimit)),
            ("next", Text("Address of the following page; null on the last.").OrNull())).Whole()),
        ("RosterEntry", RosterEntry()),
        ("AgencyTree", Closed(
            "A body's place among others on the last day of a year.",
            ("agency", Named("AgencySummary")),
            ("year", Integer("The year.", KnownFormats.FirstYear, 9998)),
            ("regional", Neighbours("Its place in the regional tree; nothing for a body of a vertical system.")),
            ("vertical", Neighbours("Its place in its vertical line, and the line that it leads."))).Whole()),
        ("Region", Closed(
            "An administrative division.",
            ("code", Pattern("Its 6 digits.", "^[0-9]{6}$", "320800")),
            ("name", Text("Its name, without those above it.")),
            ("parent", Text("Code of the division right above; null for a province.").OrNull()),
            ("level", Choice("Its level, as the code tells it.", ("province", "省级"), ("prefecture", "地市级"), ("county", "县区级")))).Whole()),
        ("RegionPage", Closed(
            "A page of divisions.",
            ("items", List("In the order of codes.", Named("Region"), Page.MaxLimit)),
            ("next", Text("Address of the following page; null on the last.").OrNull())).Whole()),
    ];

    private static OpenApiSchema Neighbours(string description) => Closed(
        description,
        ("above", List("Who is right above it.", Named("AgencySummary"))),
        ("below", List("The first of those right below it, in the order of codes.", Named("AgencySummary"), RegisterTree.MostBelow)),
        ("count", Integer("How many are right below it.", 0))).Whole();

    private static OpenApiSchema Ending(string description, string successors, bool isRequired) => Closed(
        description,
        ("successors", List($"Codes of registered bodies. {successors}", Named("AgencyCode"), 100).With(list => { if (isRequired) { list.NotEmpty(); } else { list.OrNull(); } })),
        ("validTo", Day("Its last day, not before its first.")),
        ("reason", Text("Becomes part of the public history.", MaxReason).NotEmpty()))
        .Requiring(isRequired ? ["successors", "validTo", "reason"] : ["validTo", "reason"])
        .WithExample($$"""{ "successors": ["{{Examples.AgencyCode}}"], "validTo": "2024-06-30", "reason": "市政府机构改革方案" }""");

    private static OpenApiSchema ImportResult() => Closed(
        "What became of each row of a file.",
        ("registered", Integer("How many rows are new entries.", 0)),
        ("unchanged", Integer("How many rows stand in the register already, as they are in the file.", 0)),
        ("refused", Integer("How many rows were refused.", 0)),
        ("rows", List("In the order of the file.", Closed(
            "One row.",
            ("line", Integer("Line of the file, counted from 1; of a row with line breaks, the first.", 1)),
            ("code", Text("The code as given; empty where there is none.")),
            ("outcome", Choice("What became of it.", ("registered", "a new entry"), ("unchanged", "it stood there already"), ("refused", "errors says why"))),
            ("errors", List("All that is wrong with it.", Closed(
                "One fault.",
                ("column", Text("The column; null for the row as a whole.").OrNull()),
                ("messages", Named("Message"))).Whole()))).Whole()))).Whole();

    private static OpenApiSchema RosterEntry() => Closed(
        "Whether a body owes the report of the year, and why.",
        ("agency", Named("AgencySummary")),
        ("year", Integer("报告年度, the year the report is about.", KnownFormats.FirstYear, 9999)),
        ("owes", Flag("Whether the report is owed.")),
        ("basis", Choice("What says so.", ("register", "the body existed in that year"), ("decision", "a registrar decided it"))),
        ("reason", Text("The registrar's reason; null where the register decides.", MaxReason).OrNull()),
        ("deadline", Day("The last day to submit and publish, in Asia/Shanghai."))).Whole();

    private static OpenApiSchema History() => Closed(
        "A body through its years.",
        ("code", Named("AgencyCode")),
        ("periods", List("As what the body stood in the register, oldest first; a new period begins with a new name.", Closed(
            "One period.",
            ("from", Day("First day.")),
            ("to", Day("Last day; null while it goes on.").OrNull()),
            ("agency", Named("Agency"))).Whole())),
        ("predecessors", List("Codes of the bodies whose entries name this one as a successor.", Named("AgencyCode"))),
        ("successors", List("Codes of the bodies that took over its duties.", Named("AgencyCode"))),
        ("events", List("What was recorded, oldest first.", Closed(
            "One event.",
            ("version", Integer("Counted from 1; the version that the entry had with it.", 1)),
            ("position", Integer("Its place in the order of all events.", 1)),
            ("at", Time("When it was recorded.")),
            ("type", Choice(
                "What happened.", ("registered", "登记"), ("changed", "更正, the entry was put right"), ("renamed", "更名"), ("merged", "合并"), ("dissolved", "撤销"),
                ("restored", "恢复, a merger or dissolution recorded wrongly was undone"), ("dutyDecided", "编报义务, whether a year's report is owed was decided"))),
            ("reason", Text("Why; null where none was given.", MaxReason).OrNull())).Whole()))).Whole();
}
