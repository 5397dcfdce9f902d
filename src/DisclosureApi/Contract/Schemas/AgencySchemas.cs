using Disclosure.Agencies;
using Disclosure.Formats;
using DisclosureApi.Http;
using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract.Schemas;

/// <summary>Bodies that owe reports, as the register tells them.</summary>
internal static class AgencySchemas
{
    /// <summary>What any unified social credit code looks like; its check character says the rest.</summary>
    public const string CodePattern = $"^[{UnifiedCode.Alphabet}]{{18}}$";

    private const int MaxReason = 2_000;

    private static readonly Dictionary<AgencyLevel, string> _levels = new()
    {
        [AgencyLevel.National] = "国家, a body of the central government",
        [AgencyLevel.Province] = "省级, of a province, autonomous region or municipality under the central government",
        [AgencyLevel.Prefecture] = "地市级, of a prefecture or a city at that level",
        [AgencyLevel.County] = "县区级, of a county, a city at that level or an urban district",
        [AgencyLevel.Township] = "乡镇街道, of a township, town or subdistrict",
    };

    private static readonly Dictionary<AgencyKind, string> _kinds = new()
    {
        [AgencyKind.Government] = "人民政府, a government as a whole, with a compiled report",
        [AgencyKind.Office] = "政府办公厅（室）, the general office of a government, for its own body's report",
        [AgencyKind.Department] = "政府部门, a department of a government",
        [AgencyKind.Township] = "乡镇政府、街道办事处, a township's government or a subdistrict's office",
        [AgencyKind.Zone] = "开发区管理机构, the administration of a development zone",
        [AgencyKind.Authorised] = "法律、法规授权的组织, a body authorised by law to administer public affairs (条例, article 54)",
    };

    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() =>
    [
        ("AgencyCode", Code()),
        ("Agency", Agency()),
        ("AgencyPage", Closed(
            "A page of the register.",
            ("items", List("Entries in the order of codes.", Named("Agency"), Page.MaxLimit)),
            ("next", Text("Address of the following page; null on the last.").OrNull())).Whole()),
        ("AgencySummary", Summary()),
        ("AgencyHistory", History()),
        ("Renaming", Closed(
            "Another name from a day on.",
            ("name", Text("The new full name.", 200).NotEmpty()),
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
        ("RosterPage", Closed(
            "A page of a year's roster.",
            ("items", List("In the order of codes.", Named("RosterEntry"), Page.MaxLimit)),
            ("next", Text("Address of the following page; null on the last.").OrNull())).Whole()),
        ("RosterEntry", RosterEntry()),
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
        ("AgencyImport", Text("Entries of the register as comma-separated values with a header row.", Body.MaxBytes)),
        ("AgencyImportResult", ImportResult()),
    ];

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

    private static OpenApiSchema Code() => Pattern(
        "统一社会信用代码 (unified social credit code, GB 32100-2015): 18 digits and capital letters without I, O, S, V, Z. The last checks the others; "
        + "characters 9 to 17 are an organisation code (GB 11714) with a check digit of its own.",
        CodePattern,
        Examples.AgencyCode);

    private static OpenApiSchema Agency() => Closed(
        "An entry of the register: a body that owes reports, who reviews them, and since when. Members that are not required may be left out or null.",
        ("code", CodeOrNull("Its own code. In a request it may be left out; if given, it equals the code in the address.")),
        ("name", Text("The body's full name.", 200).NotEmpty()),
        ("region", Region()),
        ("level", Level()),
        ("kind", Kind()),
        ("supervisor", CodeOrNull("Code of the office that reviews its reports (政府信息公开工作主管部门); null for the national office.")),
        ("line", CodeOrNull("Code of the vertical system it reports within (垂直管理); null for a body of a regional government.")),
        ("validFrom", Day("First day of its existence.")),
        ("validTo", Day("Last day of its existence, not before validFrom; null while it exists.").OrNull()),
        ("successors", List("Codes of the bodies that took over its duties.", Named("AgencyCode"), 100).With(list => list.Type |= JsonSchemaType.Null)))
        .Requiring("name", "region", "level", "kind", "validFrom")
        .WithExample(Examples.Agency);

    private static OpenApiSchema Summary() => Closed(
        "The body that owes the report, as the register knew it when the revision was published.",
        ("code", Named("AgencyCode")),
        ("name", Text("The body's full name.", 200)),
        ("region", Region()),
        ("level", Level()),
        ("kind", Kind()))
        .Whole();

    public static OpenApiSchema Region() => Pattern("行政区划代码 (GB/T 2260): 6 digits, for a township 9.", "^[0-9]{6}([0-9]{3})?$", "320800");

    public static OpenApiSchema Level() => Choice("行政层级, the level of government the body belongs to.", _levels);

    public static OpenApiSchema Kind() => Choice("机关类型, what kind of body it is.", _kinds);

    private static OpenApiSchema CodeOrNull(string description) => NamedOrNull("AgencyCode", description);
}
