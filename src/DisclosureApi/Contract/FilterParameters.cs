using Disclosure.Formats;
using DisclosureApi.Contract.Schemas;
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
        Of("agency", "Reports of this body.", Named("AgencyCode")),
        Of("supervisor", "Bodies whose reports this office reviews.", Named("AgencyCode")),
        Of("status", "Reports that are public now, or that were withdrawn.", ReportSchemas.PublicStatus()),
        Of("late", "Whether the first publication came after the deadline (条例, article 49).", new OpenApiSchema { Type = JsonSchemaType.Boolean }),
    ];

    private static KeyValuePair<string, IOpenApiParameter> Of(string name, string description, IOpenApiSchema schema) =>
        new(NameOf(name), new OpenApiParameter { In = ParameterLocation.Query, Name = name, Description = description, Schema = schema });
}
