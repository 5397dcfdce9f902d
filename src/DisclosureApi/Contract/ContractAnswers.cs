using System.Globalization;
using System.Text.Json.Nodes;
using DisclosureApi.Http;
using Microsoft.OpenApi;

namespace DisclosureApi.Contract;

/// <summary>The answers of an operation: what it promises, and what can go wrong.</summary>
internal static class ContractAnswers
{
    private static readonly string[] _onEveryProblem = ["Cache-Control", "Content-Language", "Vary"];

    private static readonly Dictionary<int, string[]> _onProblems = new()
    {
        [401] = ["WWW-Authenticate"],
        [415] = ["Accept"],
        [503] = ["Retry-After"],
    };

    public static OpenApiResponse Of(AnswerContract answer) => new()
    {
        Description = $"{answer.Description}.",
        // An answer that was made by the framework alone, without a body, carries nothing about caches.
        Headers = ContractHeaders.References(answer.Status == StatusCodes.Status204NoContent ? answer.Headers : answer.Headers.Append("Cache-Control")),
        Content = answer.Documents.Count > 0 ? Documents(answer.Documents) : answer.Schema is null ? null : Content(answer.MediaType, answer.Schema),
    };

    /// <summary>A problem of one kind reads the same everywhere, so it is told once and referred to.</summary>
    public static IOpenApiResponse Of(int status, IReadOnlyList<ProblemType> types, OperationContract contract, OpenApiDocument document)
    {
        if (status == StatusCodes.Status415UnsupportedMediaType && contract.BodyType == Body.MergePatchType)
        {
            return Problem(status, types, "Accept-Patch");
        }
        if (types is not [var only])
        {
            return Problem(status, types);
        }
        document.Components ??= new OpenApiComponents();
        document.Components.Responses ??= new SortedDictionary<string, IOpenApiResponse>(StringComparer.Ordinal);
        document.Components.Responses[Name(only)] = Problem(status, types);
        return new OpenApiResponseReference(Name(only));
    }

    public static string Key(int status) => status.ToString(CultureInfo.InvariantCulture);

    private static OpenApiResponse Problem(int status, IReadOnlyList<ProblemType> types, params string[] headers) => new()
    {
        Description = string.Join("\n\n", types.Select(type => $"`/problems/{type.Code}`: {type.Title.Zh}。{type.Title.En}. {type.Help.En}")),
        Headers = ContractHeaders.References(_onEveryProblem.Concat(_onProblems.GetValueOrDefault(status, [])).Concat(headers)),
        Content = Content(Http.Problem.MediaType, "Problem"),
        Extensions = new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal)
        {
            ["x-problem-types"] = new JsonNodeExtension(new JsonArray([.. types.Select(type => (JsonNode)$"/problems/{type.Code}")])),
        },
    };

    private static Dictionary<string, OpenApiMediaType> Documents(IReadOnlyList<string> mediaTypes) =>
        mediaTypes.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = new OpenApiSchema { Description = "The bytes of the document." } }, StringComparer.Ordinal);

    private static Dictionary<string, OpenApiMediaType> Content(string mediaType, string schema) =>
        new(StringComparer.Ordinal) { [mediaType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(schema) } };

    /// <summary>stale-content becomes StaleContent, as names of components go.</summary>
    private static string Name(ProblemType type) =>
        string.Concat(type.Code.Split('-').Select(word => string.Concat(char.ToUpperInvariant(word[0]).ToString(), word.AsSpan(1))));
}
