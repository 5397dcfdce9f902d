namespace DisclosureApi.Http;

/// <summary>One answer of an operation: its status, the schema of its body and when it is given.</summary>
/// <param name="Schema">Name of a schema in the contract; null for an answer without a body.</param>
public sealed record AnswerContract(int Status, string? Schema, string Description)
{
    public string MediaType { get; init; } = Json.MediaType;

    /// <summary>Media types of the documents that it is, in place of JSON.</summary>
    public IReadOnlyList<string> Documents { get; init; } = [];

    /// <summary>Media types of texts that the reader may have in its place.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>Other media types that the reader may have it in, with the schema of each.</summary>
    public IReadOnlyList<(string MediaType, string Schema)> Others { get; init; } = [];

    /// <summary>Names of the headers it carries, beside those that every answer does.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];
}

/// <summary>What the published contract says of an operation, beside its route and its roles, which it takes from the endpoint itself.</summary>
/// <param name="Id">operationId: verb_noun.</param>
/// <param name="Tag">The room it belongs to.</param>
public sealed record OperationContract(string Id, string Tag, string Summary)
{
    public string Description { get; init; } = "";

    /// <summary>Name of the schema of the JSON body; null when the operation takes none.</summary>
    public string? Body { get; init; }

    /// <summary>The media type that the body is sent under.</summary>
    public string BodyType { get; init; } = Json.MediaType;

    /// <summary>The largest body it takes, in bytes.</summary>
    public int MaxBytes { get; init; } = Http.Body.MaxBytes;

    /// <summary>Media types of documents that the operation takes in place of JSON.</summary>
    public IReadOnlyList<string> Documents { get; init; } = [];

    /// <summary>Whether it answers a page of a list, with limit and after in the query.</summary>
    public bool IsPaged { get; init; }

    /// <summary>Whether it answers a page of a feed, which grows at its end only and is read behind a number.</summary>
    public bool IsFeed { get; init; }

    /// <summary>Whether its pages are read from the first towards the last only.</summary>
    public bool IsForward { get; init; }

    /// <summary>Names of the query's parameters that choose among the items.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>Names of the query's parameters that say what is asked for, where it is no list that is chosen from.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>Names of all parameters of the query, where there are any to choose by: a slip of the pen among them would answer another question.</summary>
    public IReadOnlySet<string> Query => new HashSet<string>(
        [
            .. Filters, .. Parameters, .. IsPaged ? ["limit", "after", "before"] : IsForward || IsFeed ? (string[])["limit", "after"] : [],
        ], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether If-Match or If-None-Match must be sent.</summary>
    public bool IsConditional { get; init; }

    /// <summary>Whether Accept-Datetime asks it for the past (RFC 7089).</summary>
    public bool IsTimeGate { get; init; }

    /// <summary>Whether it takes a step in a report's life, which a client may repeat under an Idempotency-Key.</summary>
    public bool IsStep { get; init; }

    public IReadOnlyList<AnswerContract> Answers { get; init; } = [];

    /// <summary>Whether anyone may read its answers, from any page, and keep them.</summary>
    public bool IsOpenReading => Answers.Any(answer => answer.Status == StatusCodes.Status304NotModified);

    /// <summary>Statuses of the problems it answers with, beside those that every operation can: 401, 403 where roles are needed, 500, 503.</summary>
    public IReadOnlyList<int> Problems { get; init; } = [];

    /// <summary>Kinds of problems of its own, beside those that its body, its headers and its roles bring with them.</summary>
    public IReadOnlyList<ProblemType> Refusals { get; init; } = [];
}

public static class OperationContractExtensions
{
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, OperationContract contract)
    {
        endpoint.WithName(contract.Id).WithMetadata(contract);
        if (contract.Query is { Count: > 0 } known)
        {
            endpoint.AddEndpointFilter((invocation, next) =>
            {
                Filter.RequireKnown(invocation.HttpContext.Request, known);
                return next(invocation);
            });
        }
        return endpoint;
    }
}
