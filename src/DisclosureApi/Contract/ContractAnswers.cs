using System.Globalization;
using System.Text.Json.Nodes;
using DisclosureApi.Http;
using Microsoft.OpenApi;

namespace DisclosureApi.Contract;

/// <summary>The answers of an operation: what it promises, and what can go wrong.</summary>
internal static class ContractAnswers
{
    private static readonly string[] _onEveryProblem = ["Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Cache-Control", "Content-Language", "RateLimit", "RateLimit-Policy", "Vary"];
    private static readonly string[] _onOpenReading = ["Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Vary"];

    private static readonly Dictionary<int, string[]> _onProblems = new()
    {
        [401] = ["WWW-Authenticate"],
        [415] = ["Accept", "Accept-Encoding"],
        [429] = ["Retry-After"],
        [503] = ["Retry-After"],
    };

    public static OpenApiResponse Of(AnswerContract answer, OperationContract contract) => new()
    {
        Description = $"{answer.Description}.",
        Headers = ContractHeaders.References(
        [
            .. answer.Headers, "RateLimit", "RateLimit-Policy",
            // An answer that was made by the framework alone, without a body, carries nothing about caches.
            .. answer.Status == StatusCodes.Status204NoContent ? Enumerable.Empty<string>() : ["Cache-Control"],
            .. contract.IsOpenReading ? _onOpenReading : [],
            .. contract.IsOpenReading && answer.Status == StatusCodes.Status200OK ? ["Repr-Digest"] : Enumerable.Empty<string>(),
        ]),
        Content = answer.Schema is null && answer.Documents.Count == 0 ? null : Content(answer.MediaType, answer.Schema, answer.Others, answer.Texts, answer.Documents),
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
            return types.Contains(ProblemTypes.NotYetProved) ? Problem(status, types, "Retry-After") : Problem(status, types);
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
        Content = Content(Http.Problem.MediaType, "Problem", []),
        Extensions = new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal)
        {
            ["x-problem-types"] = new JsonNodeExtension(new JsonArray([.. types.Select(type => (JsonNode)$"/problems/{type.Code}")])),
        },
    };

    private static Dictionary<string, OpenApiMediaType> Content(
        string mediaType, string? schema, IReadOnlyList<(string MediaType, string Schema)>? others = null, IReadOnlyList<string>? texts = null, IReadOnlyList<string>? documents = null)
    {
        var content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal);
        if (schema is not null)
        {
            content.Add(mediaType, new() { Schema = new OpenApiSchemaReference(schema) });
        }
        foreach (var other in others ?? [])
        {
            content.Add(other.MediaType, new() { Schema = new OpenApiSchemaReference(other.Schema) });
        }
        foreach (var text in texts ?? [])
        {
            content.Add(text, new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        }
        foreach (var document in documents ?? [])
        {
            content.Add(document, new() { Schema = new OpenApiSchema { Description = "The bytes of the document." } });
        }
        return content;
    }

    /// <summary>stale-content becomes StaleContent, as names of components go.</summary>
    private static string Name(ProblemType type) =>
        string.Concat(type.Code.Split('-').Select(word => string.Concat(char.ToUpperInvariant(word[0]).ToString(), word.AsSpan(1))));
}
