using DisclosureApi.Contract.Schemas.Figures;
using DisclosureApi.Contract.Schemas.Readers;
using Disclosure.Formats;
using Disclosure.Rules;
using DisclosureApi.Contract.Schemas;
using DisclosureApi.Http;
using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract;

/// <summary>The query's parameters that choose among the items of lists. All that are given must hold; one that cannot be read is refused.</summary>
internal static class FilterParameters
{
    /// <summary>The component of a parameter: year is told in FilterYear.</summary>
    public static string NameOf(string parameter) => $"Filter{char.ToUpperInvariant(parameter[0])}{parameter[1..]}";

    public static IEnumerable<KeyValuePair<string, IOpenApiParameter>> All() =>
    [
        Of("year", "Reports about this year.", Integer("报告年度.", KnownFormats.FirstYear, 9999)),
        Of("region", "Bodies of this region and of all within it: 320000 finds all of the province, 320800 all of the city.", AgencySchemas.Region()),
        Of("parent", "Divisions right below this one.", AgencySchemas.Region()),
        Of("level", "Bodies of this level of government.", AgencySchemas.Level()),
        Of("kind", "Bodies of this kind.", AgencySchemas.Kind()),
        Of("agency", "Only what is about this body.", Named("AgencyCode")),
        Of("at", "The day that the entry is wanted of; as it is now when left out.", Day("A day.")),
        Of("supervisor", "Bodies whose reports this office reviews.", Named("AgencyCode")),
        Of("status", "Reports that are public now, or that were withdrawn.", ReportSchemas.PublicStatus()),
        Of("state", "Error reports in this state.", ErrorReportSchemas.State()),
        Of("size", "Size of the tree; that of the newest checkpoint when left out.", LedgerSchemas.Count("Number of entries.")),
        Of("position", "Position of the event; that of the newest publication when left out.", LedgerSchemas.Position()),
        Of("revision", "Number of the revision; all of them when left out.", Integer("Counted from 1.", 1, int.MaxValue)),
        Of("from", "First of several years; the only one without to.", Integer("报告年度.", KnownFormats.FirstYear, 9999)),
        Of("to", $"Last of several years, {Filter.MostYears} at most.", Integer("报告年度.", KnownFormats.FirstYear, 9999)),
        .. StatisticsFilters(),
        Of("finding", "Reports whose public revision has a finding of this rule.", Text("Code of a rule, as GET /v1/rules lists them.").With(code => code.Enum = [.. RuleBook.Rules.Select(rule => rule.Code)])),
        Of("late", "Whether the first publication came after the deadline (条例, article 49).", new OpenApiSchema { Type = JsonSchemaType.Boolean }),
    ];

    /// <summary>What figures are asked for, of which bodies, gathered by what, as of when.</summary>
    private static IEnumerable<KeyValuePair<string, IOpenApiParameter>> StatisticsFilters() =>
    [
        Of("tree", "Bodies of regional governments, or of vertical systems (条例, article 3).", StatisticsSchemas.Tree()),
        Of("line", "Bodies of the vertical system that this body leads.", Named("AgencyCode")),
        Of("indicator", "Codes of indicators, with commas between; one where a single figure is asked for.", Several("Codes of /v1/statistics/indicators.", "disclosureRate")),
        Of("measure", "Codes of measures, with commas between; one where a single figure is asked for.", Several("Codes of /v1/statistics/indicators.", "applications.received")),
        Of("outcome", "Sums of requests with this outcome, or with each.", StatisticsSchemas.Outcome()),
        Of("applicantClass", "Figures of table 3 for this class of applicants, or for each; for all together when left out.", StatisticsSchemas.ApplicantClass(withEach: true)),
        Of("groupBy", "What figures are gathered by beside the year, with commas between: region (right below the one asked for), level, kind, tree.", Several("Some of region, level, kind, tree.", "region")),
        Of("asOf", "The figures as they stood at this point: a position in the order of events, or a time (RFC 3339). The present when left out.",
            Pattern("Digits, or a time.", "^([0-9]{1,18}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2}))$", "1")),
        Of("agencies", "Codes of bodies, with commas between.", Pattern("统一社会信用代码, 10 at most.", "^[0-9A-HJ-NP-RT-UW-Y]{18}(,[0-9A-HJ-NP-RT-UW-Y]{18}){0,9}$", Examples.AgencyCode)),
        Of("rank", "What is ranked.", Choice("What.", ("agency", "bodies, when left out"), ("region", "divisions right below the one asked for"))),
        Of("order", "Which come first.", Choice("Which.", ("falling", "the largest, when left out"), ("rising", "the smallest"))),
        Of("top", "How many of the order are told; 50 when left out.", Integer("How many.", 1, 500)),
        Of("on", "The day on which it is asked, in Shanghai; today when left out.", Day("A day.")),
        Of("format", "json or csv; by Accept when left out.", Choice("The format.", ("json", "JSON"), ("csv", "comma-separated values in UTF-8 with a byte order mark"))),
    ];

    private static OpenApiSchema Several(string description, string example) => Pattern(description, "^[A-Za-z][A-Za-z0-9.]*(,[A-Za-z][A-Za-z0-9.]*)*$", example);

    private static KeyValuePair<string, IOpenApiParameter> Of(string name, string description, IOpenApiSchema schema) =>
        new(NameOf(name), new OpenApiParameter { In = ParameterLocation.Query, Name = name, Description = description, Schema = schema });
}
