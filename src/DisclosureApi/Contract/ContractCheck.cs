using DisclosureApi.Contract.Schemas;
using DisclosureApi.Http;

namespace DisclosureApi.Contract;

/// <summary>Refuses to start with an endpoint that the contract could not tell, or could tell only in part.</summary>
internal static class ContractCheck
{
    public static void RequireContracts(this IEndpointRouteBuilder app)
    {
        var faults = app.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().SelectMany(Faults).Distinct(StringComparer.Ordinal).ToList();
        if (faults.Count > 0)
        {
            throw new InvalidOperationException($"The contract cannot be told: {string.Join("; ", faults)}.");
        }
    }

    public static IEnumerable<string> Faults(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is { ExcludeFromDescription: true })
        {
            return [];
        }
        return endpoint.Metadata.GetMetadata<OperationContract>() is { } contract
            ? Unknown(contract, endpoint.RoutePattern.Parameters.Select(parameter => parameter.Name))
            : [$"{endpoint.DisplayName} has no contract"];
    }

    private static IEnumerable<string> Unknown(OperationContract contract, IEnumerable<string> routeNames) =>
    [
        .. contract.Answers.Select(answer => answer.Schema).Concat(contract.Answers.SelectMany(answer => answer.Others).Select(other => other.Schema)).Append(contract.Body).OfType<string>()
            .Where(name => !ContractSchemas.Names.Contains(name)).Select(name => $"{contract.Id} names the schema {name}, which there is not"),
        .. contract.Answers.SelectMany(answer => answer.Headers)
            .Where(name => !ContractHeaders.Names.Contains(name)).Select(name => $"{contract.Id} names the header {name}, which there is not"),
        .. routeNames.Where(name => !ContractParameters.RouteNames.Contains(name)).Select(name => $"{contract.Id} has the parameter {name}, which is not described"),
        .. ContractDocument.Tags.Contains(contract.Tag) ? [] : new[] { $"{contract.Id} has the tag {contract.Tag}, which is not described" },
        .. contract.Summary.Length > 0 && contract.Answers.Count > 0 ? [] : new[] { $"{contract.Id} lacks a summary or answers" },
    ];
}
