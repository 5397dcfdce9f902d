using Disclosure.Formats;
using DisclosureApi.Contract.Schemas;
using DisclosureApi.Contract.Schemas.Figures;
using DisclosureApi.Contract.Schemas.Readers;
using DisclosureApi.Http;
using DisclosureApi.Store;
using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract;

/// <summary>The parameters of all operations: what routes hold, and the headers that conditions and languages need.</summary>
internal static class ContractParameters
{
    private const string Tags = "One or more entity tags, parted by commas.";
    private const string Languages = "A list of languages (RFC 9110).";

    /// <summary>By the name in the route; a route with another name stops the start.</summary>
    private static readonly Dictionary<string, string> _byRoute = new(StringComparer.Ordinal)
    {
        ["code"] = "AgencyCode",
        ["year"] = "ReportYear",
        ["rule"] = "RuleCode",
        ["version"] = "RuleSetVersion",
        ["region"] = "RegionCode",
        ["revision"] = "RevisionNumber",
        ["schema"] = "SchemaName",
        ["level"] = "TileLevel",
        ["tile"] = "TileIndex",
        ["position"] = "EventPosition",
        ["older"] = "OlderSize",
        ["cell"] = "CompiledCellName",
        ["number"] = "ErrorReportNumber",
        ["webhook"] = "WebhookId",
        ["delivery"] = "WebhookDeliveryId",
    };

    public static IReadOnlySet<string> RouteNames { get; } = _byRoute.Keys.ToHashSet(StringComparer.Ordinal);

    public static Dictionary<string, IOpenApiParameter> All() => new(FilterParameters.All().Concat(QueryParameters.All()).Concat(Common()), StringComparer.Ordinal);

    private static Dictionary<string, IOpenApiParameter> Common() => new(StringComparer.Ordinal)
    {
        ["AgencyCode"] = Parameter(ParameterLocation.Path, "code", "统一社会信用代码, the unified social credit code of the body.", Named("AgencyCode")),
        ["ReportYear"] = Parameter(ParameterLocation.Path, "year", "报告年度, the year the report is about; not the year it is published in.",
            Integer("From the first year that has an official form.", KnownFormats.FirstYear, 9999).With(year => year.Examples = [2023])),
        ["RuleCode"] = Parameter(ParameterLocation.Path, "rule", "Code of a rule, as findings name it.", Text("Such as T3-001.").With(rule => rule.Examples = ["T3-001"])),
        ["RuleSetVersion"] = Parameter(ParameterLocation.Path, "version", "Version of the rules, as results name it.", Text("Such as 2026.1.").With(version => version.Examples = ["2026.1"])),
        ["RegionCode"] = Parameter(ParameterLocation.Path, "region", "行政区划代码, the code of a division.", Pattern("6 digits of GB/T 2260.", "^[0-9]{6}$", "320800")),
        ["PageLimit"] = Parameter(ParameterLocation.Query, "limit", "How many items a page holds at most.",
            Integer($"{Page.DefaultLimit} when left out.", 1, Page.MaxLimit).With(limit => limit.Default = Page.DefaultLimit)),
        ["PageAfter"] = Parameter(ParameterLocation.Query, "after", "The cursor of the page before, as its next holds it.", Text("Opaque: it means nothing to a client.", 200)),
        ["PageBefore"] = Parameter(ParameterLocation.Query, "before", "The cursor of the page after, as its Link rel=\"prev\" holds it.", Text("Opaque: it means nothing to a client.", 200)),
        ["FeedAfter"] = Parameter(ParameterLocation.Query, "after", "Where the page begins: behind this number.", Integer("0 is the beginning.", 0, 9_007_199_254_740_991)),
        ["SchemaName"] = Parameter(ParameterLocation.Path, "schema", "Name of the schema.", Text("One of the names there are.").With(schema => schema.Enum = [.. PublishedSchemas.Names.Keys])),
        ["TileLevel"] = Parameter(ParameterLocation.Path, "level", "The tile's level, or `entries`.", Pattern("0 to 7: the hashes stand at eight times this level of the tree.", "^([0-7]|entries)$", "0")),
        ["TileIndex"] = Parameter(ParameterLocation.Path, "tile", "The tile's index in groups of three digits, as C2SP tlog-tiles writes it, with `.p/` and a width for one that is not full.",
            Pattern("Such as 000, x001/234 or 000.p/5.", @"^(x[0-9]{3}/){0,4}[0-9]{3}(\.p/[0-9]{1,3})?$", "000.p/1")),
        ["EventPosition"] = Parameter(ParameterLocation.Path, "position", "Position of an event.", LedgerSchemas.Position().With(position => position.Examples = [1])),
        ["OlderSize"] = Parameter(ParameterLocation.Path, "older", "Size of the older tree.", LedgerSchemas.Count("Of a checkpoint that was kept.").With(size => size.Examples = [1])),
        ["CompiledCellName"] = Parameter(ParameterLocation.Path, "cell", "A cell of the form, by table, row and column.",
            Pattern("Parted by slashes, as in a pointer, or by dots.", @"^/?[A-Za-z]+[A-Za-z./]*$", "applications/received/total")),
        ["ErrorReportNumber"] = Parameter(ParameterLocation.Path, "number", "差错报告编号, the number of the error report.", ErrorReportSchemas.Number().With(number => number.Examples = [1])),
        ["WebhookId"] = Parameter(ParameterLocation.Path, "webhook", "The subscription's id.", WebhookSchemas.Id("Of one of your own.")),
        ["WebhookDeliveryId"] = Parameter(ParameterLocation.Path, "delivery", "The delivery's id.", WebhookSchemas.Id("Of a delivery of this subscription.")),
        ["RevisionNumber"] = Parameter(ParameterLocation.Path, "revision", "修订版, the number of the revision.", Integer("Counted from 1.", 1, int.MaxValue).With(revision => revision.Examples = [1])),
        ["IfMatch"] = Header("If-Match", "The ETag of the version to change, as it was read.", isRequired: true),
        ["IfMatchOrNew"] = Header(
            "If-Match", "To change: the ETag of the version that was read. Either this or If-None-Match must be sent; without both the answer is 428."),
        ["IfNoneMatchNew"] = Header("If-None-Match", "To create: `*`, which says that nothing stands there yet.", "*"),
        ["IfMatchOptional"] = Header(
            "If-Match", "Taken when given: the step is carried out only on this version of the report. State and contentHash guard it anyway."),
        ["IfNoneMatch"] = Header("If-None-Match", "ETags of what the reader already has; if one still holds, the answer is 304 without a body."),
        ["IdempotencyKey"] = Header(
            IdempotencyKey.Header,
            $"Names this request, and is new for each: sent again within {Idempotency.Kept.TotalHours:0} hours with the same key and body, it is answered as it was and does nothing twice.",
            "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"", isRequired: true, form: "One quoted string (draft-ietf-httpapi-idempotency-key-header)."),
        ["AcceptDatetime"] = Header(
            "Accept-Datetime", "The time to see the report of (RFC 7089): the answer is the revision that was public then, the first one before all others.", "Wed, 17 Jan 2024 08:30:00 GMT",
            form: "An HTTP date."),
        ["AcceptLanguage"] = Header("Accept-Language", "Language of titles and details of problems: zh-CN unless en is preferred.", "en", form: Languages),
    };

    public static IEnumerable<IOpenApiParameter> Of(OperationContract contract, IEnumerable<string> routeNames) =>
        routeNames.Select(name => _byRoute[name]).Concat(contract.IsPaged ? ["PageLimit", "PageAfter", "PageBefore"] : contract.IsForward ? ["PageLimit", "PageAfter"] : contract.IsFeed ? ["PageLimit", "FeedAfter"] : []).Concat(contract.Filters.Select(FilterParameters.NameOf)).Concat(contract.Parameters.Select(QueryParameters.NameOf)).Concat(Conditions(contract)).Concat(contract.IsTimeGate ? ["AcceptDatetime"] : []).Concat(contract.IsStep ? ["IdempotencyKey"] : []).Append("AcceptLanguage").Select(name => new OpenApiParameterReference(name));

    private static IEnumerable<string> Conditions(OperationContract contract) => contract switch
    {
        { IsConditional: true } when contract.Answers.Any(answer => answer.Status == StatusCodes.Status201Created) => ["IfMatchOrNew", "IfNoneMatchNew"],
        { IsConditional: true } => ["IfMatch"],
        _ when contract.Problems.Contains(StatusCodes.Status412PreconditionFailed) => ["IfMatchOptional"],
        _ when contract.Answers.Any(answer => answer.Status == StatusCodes.Status304NotModified) => ["IfNoneMatch"],
        _ => [],
    };

    private static OpenApiParameter Header(string name, string description, string example = "\"7\"", bool isRequired = false, string form = Tags) =>
        Parameter(ParameterLocation.Header, name, description, Text(form).With(header => header.Examples = [example]), isRequired);

    private static OpenApiParameter Parameter(ParameterLocation place, string name, string description, IOpenApiSchema schema, bool isRequired = false) =>
        new() { In = place, Name = name, Description = description, Required = isRequired || place == ParameterLocation.Path, Schema = schema };
}
