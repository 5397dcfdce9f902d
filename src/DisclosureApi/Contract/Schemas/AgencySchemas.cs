using Disclosure.Agencies;
using DisclosureApi.Http;
using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract.Schemas;

/// <summary>Bodies that owe reports, as the register tells them.</summary>
internal static class AgencySchemas
{
    /// <summary>What any unified social credit code looks like; its check character says the rest.</summary>
    public const string CodePattern = $"^[{UnifiedCode.Alphabet}]{{18}}$";

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
    ];

    private static OpenApiSchema Code() => Pattern(
        "统一社会信用代码 (unified social credit code, GB 32100-2015): 18 digits and capital letters without I, O, S, V, Z. The last checks the others; "
        + "characters 9 to 17 are an organisation code (GB 11714) with a check digit of its own.",
        CodePattern,
        Examples.AgencyCode);

    private static OpenApiSchema Agency() => Closed(
        "An entry of the register: a body that owes reports, who reviews them, and since when. Members that are not required may be left out or null.",
        ("code", CodeOrNull("Its own code. In a request it may be left out; if given, it equals the code in the address.")),
        ("name", Text("The body's full name: Chinese characters, ASCII letters and digits, punctuation. Nothing invisible, no letters of other scripts and no radicals, which look like these.", 200).NotEmpty()),
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
