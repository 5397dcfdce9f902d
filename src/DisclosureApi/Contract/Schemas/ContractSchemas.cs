using DisclosureApi.Contract.Schemas.Figures;
using DisclosureApi.Contract.Schemas.Readers;
using Microsoft.OpenApi;

namespace DisclosureApi.Contract.Schemas;

/// <summary>Every schema that operations name, and those that these stand on.</summary>
internal static class ContractSchemas
{
    /// <summary>Made anew for each document, because a document takes its schemas over and changes them.</summary>
    public static IReadOnlyDictionary<string, OpenApiSchema> All()
    {
        (string Name, OpenApiSchema Schema)[] schemas =
        [
            .. AgencySchemas.All(),
            .. RegisterSchemas.All(),
            .. ContentSchemas.All(),
            .. TableSchemas.All(),
            .. ReadingSchemas.All(),
            .. FindingSchemas.All(),
            .. RuleSchemas.All(),
            .. ReportSchemas.All(),
            .. HistorySchemas.All(),
            .. AuditSchemas.All(),
            .. StepSchemas.All(),
            .. CompilationSchemas.All(),
            .. FormatSchemas.All(),
            .. LedgerSchemas.All(),
            .. StatisticsSchemas.All(),
            .. BulkSchemas.All(),
            .. ErrorReportSchemas.All(),
            .. WebhookSchemas.All(),
            .. ServiceSchemas.All(),
        ];
        return schemas.OrderBy(entry => entry.Name, StringComparer.Ordinal).ToDictionary(entry => entry.Name, entry => entry.Schema, StringComparer.Ordinal);
    }

    public static IReadOnlySet<string> Names { get; } = All().Keys.ToHashSet(StringComparer.Ordinal);
}
