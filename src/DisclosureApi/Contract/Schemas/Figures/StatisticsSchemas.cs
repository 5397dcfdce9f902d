using Disclosure.Formats;
using Disclosure.Statistics;
using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract.Schemas.Figures;

/// <summary>Numbers across bodies and years.</summary>
internal static class StatisticsSchemas
{
    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() =>
    [
        ("IndicatorTable", IndicatorTable()),
        ("Statistics", Closed("Sums and shares.", [.. Cited(), ("groups", List("By year and by what was asked for.", Named("StatisticsGroup")))]).Whole()),
        ("StatisticsGroup", Group()),
        ("Figure", Closed("One figure.", [.. Figure(), ("change", Change())]).Whole()),
        .. SpreadSchemas.All(),
    ];

    public static OpenApiSchema Tree() => Choice("Which tree of government.", ("regional", "bodies of regional governments"), ("vertical", "bodies of vertical systems"));

    public static OpenApiSchema Outcome() => Choice(
        "A group of rows of table 3.", [.. Measures.Outcomes.Select(outcome => (outcome, Measures.Find($"applications.{outcome}")!.Name.Zh)), ("each", "each of them")]);

    public static OpenApiSchema ApplicantClass(bool withEach) => Choice(
        "A column of table 3.", [.. RatePlaces.Classes.Select(column => (column.Key, column.Label)), .. withEach ? new[] { ("each", "each of them") } : []]);

    /// <summary>What tells the point that an answer is about, and how it is cited.</summary>
    public static (string Name, IOpenApiSchema Schema)[] Cited() =>
    [
        ("asOf", Closed(
            "The last public event that the answer knows of.",
            ("position", Integer("Its place in the order of events; 0 before the first.", 0)),
            ("at", Time("When it happened.").OrNull())).Whole()),
        ("permalink", Text("The address under which these very bytes stay.")),
        ("citation", Named("Message", "How to cite the answer.")),
    ];

    public static (string Name, IOpenApiSchema Schema)[] Figure() =>
    [
        ("code", Text("Of an indicator or a measure.")),
        ("applicantClass", ApplicantClass(withEach: false).OrNull()),
        ("value", Decimal("In its unit; null over zero, and where no report gives it.").OrNull()),
        ("unit", Text("%, 件, 万元, or as the form has it; null for a plain count.").OrNull()),
        ("numerator", Decimal("Of a share.").OrNull()),
        ("denominator", Decimal("Of a share.").OrNull()),
        ("n", Decimal("How many cases a share is of.").OrNull()),
        ("assessed", Integer("How many reports the figure is made of.", 0)),
        ("notAssessable", Integer("How many reports lack a number that it needs.", 0)),
        ("lowReliability", Flag($"Whether a share is of fewer than {Rate.FewestCases} cases.").OrNull()),
    ];

    private static OpenApiSchema Group() => Closed(
        "What the reports of a group add up to.",
        ("year", Integer("报告年度.", KnownFormats.FirstYear, 9999)),
        ("region", Text("Code of the division, where figures are gathered by region.").OrNull()),
        ("regionName", Text("Its name, where the standard has one; with （本级） where it is the place asked for, of whose own bodies alone the row tells.").OrNull()),
        ("level", AgencySchemas.Level().OrNull()),
        ("kind", AgencySchemas.Kind().OrNull()),
        ("tree", Tree().OrNull()),
        ("reports", Integer("Reports that are public.", 0)),
        ("due", Integer("Bodies that owe the report.", 0)),
        ("missing", Integer("Of these, such as have none that is public.", 0)),
        ("figures", List("In the order asked for.", Named("Figure")))).Whole();

    private static OpenApiSchema Change() => Closed(
        "Against the year before; null where either is not known.",
        ("difference", Decimal("Of a share in percentage points.")),
        ("percent", Decimal("Of what it was; null for a share, and over zero.").OrNull())).Whole().OrNull();

    private static OpenApiSchema IndicatorTable() => Closed(
        "What can be asked for.",
        ("lowReliabilityUnder", Integer("Shares of fewer cases are marked, and not ranked.", 1)),
        ("rounding", Text("How shares are rounded.")),
        ("indicators", List("Shares.", Closed(
            "One share.",
            ("code", Text("Never changes its meaning.")),
            ("name", Named("Message")),
            ("formula", Text("Over cells: table.row.column.")),
            ("unit", Text("%.")),
            ("denominatorRule", Named("Message")),
            ("source", Named("Message")),
            ("byApplicantClass", Flag("Whether it can be asked for by class of applicants."))).Whole())),
        ("measures", List("Sums.", Closed(
            "One sum.",
            ("code", Text("Never changes its meaning.")),
            ("name", Named("Message")),
            ("form", Text("The form whose table 2 it is of; null where all forms count the same.").OrNull()),
            ("unit", Text("Null for a plain count.").OrNull()),
            ("byApplicantClass", Flag("Whether it can be asked for by class of applicants."))).Whole()))).Whole();
}
