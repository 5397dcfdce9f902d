using Disclosure.Formats;
using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract.Schemas.Figures;

/// <summary>How figures are spread, who comes first, bodies beside each other, and who was in time.</summary>
internal static class SpreadSchemas
{
    private static readonly string[] _points = ["minimum", "lowerQuartile", "median", "upperQuartile", "maximum"];

    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() => [.. Orders(), .. Comparisons(), .. Timeliness()];

    private static (string Name, OpenApiSchema Schema)[] Orders() =>
    [
        ("Distribution", Closed(
            "How a figure is spread over bodies.",
            [
                .. StatisticsSchemas.Cited(), Year(), ("code", Text("Of the indicator or measure.")), ("applicantClass", StatisticsSchemas.ApplicantClass(withEach: false).OrNull()), ("unit", Text("Of the values.").OrNull()),
                .. Counts("reports", "missing", "notAssessable", "overZero", "assessed", "lowReliability"),
                .. _points.Select(name => (name, (IOpenApiSchema)Decimal("Null where there is no value.").OrNull())),
                ("deciles", List("From the first to the ninth.", Decimal("Null where there is no value.").OrNull(), 9)),
            ]).Whole()),
        ("Ranking", Closed(
            "The first of an order.",
            [
                .. StatisticsSchemas.Cited(), Year(),
                ("unranked", Closed("Those that have no rank.", [.. Counts("lowReliability", "overZero", "notAssessable"), ("missing", Integer("Bodies without a report; null where regions are ranked.", 0).OrNull())]).Whole()),
                ("items", List("In their order.", Named("RankedFigure"), 500)),
            ]).Whole()),
        ("RankedFigure", Closed(
            "One place in the order.",
            [("rank", Integer("From 1; equal values share it.", 1)), ("agency", Text("Code of the body; null for a region.").OrNull()), ("region", Text("Code of the division.")), ("name", Text("Of the body or the division; empty for one that the standard does not know.")), .. StatisticsSchemas.Figure()]).Whole()),
    ];

    private static (string Name, OpenApiSchema Schema)[] Comparisons() =>
    [
        ("PlainFigure", Closed("One figure.", StatisticsSchemas.Figure()).Whole()),
        ("Comparison", Closed("Bodies beside each other.", [.. StatisticsSchemas.Cited(), ("bodies", List("In the order asked for.", Named("ComparedBody"), 10))]).Whole()),
        ("ComparedBody", Closed(
            "One body through the years.",
            ("code", Named("AgencyCode")), ("name", Text("Its name.")), ("region", AgencySchemas.Region()), ("level", AgencySchemas.Level()), ("kind", AgencySchemas.Kind()),
            ("years", List("Every year asked for.", Closed(
                "One year.",
                Year(),
                ("sources", List("Whose reports stand here: its own, and those of bodies it succeeded.", Closed(
                    "One report.", ("code", Named("AgencyCode")), ("name", Text("Its name.")), ("shared", Flag("Whether the body had other successors too, so that its report is not added."))).Whole())),
                ("figures", List("The body's.", Named("PlainFigure"))),
                ("ofLevel", List("Of all bodies of its level and kind.", Named("PlainFigure"))),
                ("ofRegion", List("Of all bodies in its region.", Named("PlainFigure")))).Whole()))).Whole()),
    ];

    private static (string Name, OpenApiSchema Schema)[] Timeliness() =>
    [
        ("Timeliness", Closed(
            "Who was in time.",
            [
                .. StatisticsSchemas.Cited(), Year(), ("on", Day("The day on which it is asked.")),
                ("localDates", List("Earlier days that supervising offices set.", Closed(
                    "One of them.", ("region", AgencySchemas.Region()), ("level", AgencySchemas.Level().OrNull()), ("kind", AgencySchemas.Kind().OrNull()), ("on", Day("The last day in time."))).Whole())),
                ("groups", List("By what was asked for.", Named("TimelinessGroup"))),
            ]).Whole()),
        ("TimelinessGroup", Closed(
            "The bodies of a group that owe the report.",
            [
                ("region", Text("Code of the division, where counts are gathered by region.").OrNull()), ("regionName", Text("Its name; with （本级） where it is the place asked for, of whose own bodies alone the row tells.").OrNull()), ("level", AgencySchemas.Level().OrNull()),
                ("kind", AgencySchemas.Kind().OrNull()), ("tree", StatisticsSchemas.Tree().OrNull()),
                .. Counts("due", "filed", "published", "withdrawn", "onTime", "lateByRegulation", "lateByNotice", "lateLocally", "missing", "notYetDue"),
                ("onTimeRate", Decimal("In percent, of those whose day is over or who have published; null over zero.").OrNull()),
                ("lowReliability", Flag("Whether the share is of fewer than 30 bodies.")),
                ("lateAtStep", Closed("Of those late or missing, whose step it was.", Counts("agency", "either", "supervisor", "unknown")).Whole()),
            ]).Whole()),
    ];

    private static (string Name, IOpenApiSchema Schema) Year() => ("year", Integer("报告年度.", KnownFormats.FirstYear, 9999));

    private static (string Name, IOpenApiSchema Schema)[] Counts(params string[] names) => [.. names.Select(name => (name, (IOpenApiSchema)Integer("How many.", 0)))];
}
