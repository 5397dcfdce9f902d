using DisclosureApi.Access;
using DisclosureApi.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DisclosureApi.Contract;

/// <summary>Tells one operation from what its endpoint says of itself; nothing is guessed from the handler's types.</summary>
internal static class ContractOperation
{
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var contract = metadata.OfType<OperationContract>().Single();
        var doors = metadata.OfType<Doors>().SingleOrDefault();
        var document = context.Document!;
        operation.OperationId = contract.Id;
        operation.Tags = new HashSet<OpenApiTagReference> { new(contract.Tag, document) };
        operation.Summary = contract.Summary;
        operation.Description = Description(contract, doors);
        operation.Parameters = [.. ContractParameters.Of(contract, operation.Parameters?.Select(parameter => parameter.Name!) ?? [])];
        operation.RequestBody = Body(contract);
        operation.Security = doors is null ? [] : [.. doors.Roles.Select(role => Requirement(role, document))];
        operation.Responses = Responses(contract, doors, document);
        return Task.CompletedTask;
    }

    private static OpenApiResponses Responses(OperationContract contract, Doors? doors, OpenApiDocument document)
    {
        var responses = new OpenApiResponses();
        foreach (var answer in contract.Answers)
        {
            responses.Add(ContractAnswers.Key(answer.Status), ContractAnswers.Of(answer, contract));
        }
        foreach (var (status, types) in ProblemKinds.Of(contract, doors))
        {
            responses.Add(ContractAnswers.Key(status), ContractAnswers.Of(status, types, contract, document));
        }
        return responses;
    }

    private static string Description(OperationContract contract, Doors? doors)
    {
        var who = doors is null
            ? "Anyone may ask; no token is needed."
            : $"Needs a token with {string.Join(" or ", doors.Roles.Select(role => $"the scope `{role.Scope}` (role {role.Name})"))}.";
        return string.Join("\n\n", new[] { contract.Description, who }.Where(part => part.Length > 0));
    }

    private static OpenApiRequestBody? Body(OperationContract contract)
    {
        if (contract.Body is null && contract.Documents.Count == 0)
        {
            return null;
        }
        var content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal);
        if (contract.Body is { } schema)
        {
            content.Add(contract.BodyType, new OpenApiMediaType { Schema = new OpenApiSchemaReference(schema) });
        }
        foreach (var type in contract.Documents)
        {
            content.Add(type, new OpenApiMediaType { Schema = Document(type) });
        }
        return new OpenApiRequestBody { Required = true, Description = Limits(contract), Content = content };
    }

    private static OpenApiSchema Document(string mediaType) => mediaType.StartsWith("text/", StringComparison.Ordinal)
        ? Schemas.Shape.Text("The whole report as text: UTF-8, UTF-16 with a byte order mark, or the encoding that charset declares (GB18030, GBK, GB2312, UTF-16); without U+0000.", Http.Body.MaxBytes)
        : new OpenApiSchema { Description = "The bytes of the document." };

    private static string Limits(OperationContract contract)
    {
        var json = contract.Body is null || contract.BodyType == Http.Body.CsvType ? "" : $" JSON is UTF-8 without duplicate members and at most {Http.Body.MaxDepth} levels deep.";
        return $"At most {contract.MaxBytes / (1024 * 1024)} MiB.{json}";
    }

    /// <summary>Alternatives: a token that has one of the scopes is enough.</summary>
    private static OpenApiSecurityRequirement Requirement(Role role, OpenApiDocument document) =>
        new() { [new OpenApiSecuritySchemeReference(ContractDocument.BearerScheme, document)] = [role.Scope] };
}
