using DisclosureApi.Contract.Schemas;
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
        Of("actor", "Only what this person did: the pseudonymous id that events bear, or the subject of the token.", Text("An id or a subject.", 300).NotEmpty()),
        Of("request", "Only what came of this request.", Text("The id of a request.", 300).NotEmpty()),
        Of("type", "Only events of this type.", AuditSchemas.EventType()),
        Of("from", "Only what was stored then or later.", Time("RFC 3339.")),
        Of("to", "Only what was stored then or sooner.", Time("RFC 3339.")),
        Of("version", "The last event that counts, by its version.", Integer("0 is before the first.", 0, 9_007_199_254_740_991)),
        Of("at", "The moment; not in the future.", Time("RFC 3339.")),
        Of("pointer", "The cell, by its JSON pointer into the content.",
            Pattern("Of a cell that one of the forms has.", @"^/tables/[a-z]+/[A-Za-z.]+/[A-Za-z]+$", "/tables/applications/received/total"), isRequired: true),
        Of("asOf", "The reports as they stood at this point: a position in the order of events, or a time (RFC 3339). The present when left out.",
            Pattern("Digits, or a time.", "^([0-9]{1,18}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2}))$", "1")),
        Of("format", "ndjson or csv; by Accept when left out.", Choice("The format.", ("ndjson", "a line of JSON for each report"), ("csv", "comma-separated values in UTF-8"))),
        Of("rows", "What a row of CSV is.", Choice("What.", ("reports", "a report, when left out"), ("cells", "a cell that is given"))),
        Of("bom", "Whether a byte order mark leads the CSV, as some spreadsheets need it to tell UTF-8.", Flag("false when left out.").With(bom => bom.Default = false)),
    ];

    private static KeyValuePair<string, IOpenApiParameter> Of(string name, string description, IOpenApiSchema schema, bool isRequired = false) =>
        new(NameOf(name), new OpenApiParameter { In = ParameterLocation.Query, Name = name, Description = description, Required = isRequired, Schema = schema });
}
