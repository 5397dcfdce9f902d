using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract;

/// <summary>The query's parameters that say what is asked for, of operations that are no lists to choose from.</summary>
internal static class QueryParameters
{
    /// <summary>The component of a parameter: since is told in QuerySince.</summary>
    public static string NameOf(string parameter) => $"Query{char.ToUpperInvariant(parameter[0])}{parameter[1..]}";

    public static IEnumerable<KeyValuePair<string, IOpenApiParameter>> All() =>
    [
        Of("since", "The revision to begin with; the one before this when left out.", Integer("Number of a revision, or 0 for nothing.", 0, int.MaxValue)),
        Of("pointer", "The cell, by its JSON pointer into the content.",
            Pattern("Of a cell that one of the forms has.", @"^/tables/[a-z]+/[A-Za-z.]+/[A-Za-z]+$", "/tables/applications/received/total"), isRequired: true),
        Of("bom", "Whether a byte order mark leads the CSV, as some spreadsheets need it to tell UTF-8.", Flag("false when left out.").With(bom => bom.Default = false)),
    ];

    private static KeyValuePair<string, IOpenApiParameter> Of(string name, string description, IOpenApiSchema schema, bool isRequired = false) =>
        new(NameOf(name), new OpenApiParameter { In = ParameterLocation.Query, Name = name, Description = description, Required = isRequired, Schema = schema });
}
