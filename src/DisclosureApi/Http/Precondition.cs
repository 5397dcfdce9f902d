using Microsoft.Net.Http.Headers;

namespace DisclosureApi.Http;

/// <summary>The version that a client says it changes (RFC 9110 §13, RFC 6585 §3).</summary>
public sealed class Precondition
{
    private readonly IList<EntityTagHeaderValue> _match;
    private readonly IList<EntityTagHeaderValue> _noneMatch;

    private Precondition(HttpRequest request)
    {
        var headers = request.GetTypedHeaders();
        (_match, _noneMatch) = (headers.IfMatch, headers.IfNoneMatch);
    }

    /// <summary>Whether the client named a version, so that someone else's change in between is its business.</summary>
    public bool IsGiven => _match.Count > 0 || _noneMatch.Count > 0;

    /// <summary>For steps that the state and the content's hash already guard: taken when given.</summary>
    public static Precondition Optional(HttpRequest request) => new(request);

    /// <summary>For writes that replace: 428 without If-Match, or If-None-Match: * to create.</summary>
    public static Precondition Required(HttpRequest request)
    {
        var precondition = new Precondition(request);
        return precondition.IsGiven ? precondition : throw new ProblemException(new Problem(ProblemTypes.PreconditionRequired));
    }

    /// <summary>The problem when the resource is not as the client believes.</summary>
    /// <param name="version">The version it has; null when there is nothing.</param>
    public Problem? Check(long? version)
    {
        var current = version is { } number ? Tag(number) : null;
        var holds = (_match.Count == 0 || Matches(_match, current)) && (_noneMatch.Count == 0 || !Matches(_noneMatch, current));
        return holds
            ? null
            : new Problem(ProblemTypes.PreconditionFailed)
                .With("current", current?.ToString())
                .With("given", string.Join(", ", _match.Concat(_noneMatch)));
    }

    public static string ETag(long version) => Tag(version).ToString();

    private static EntityTagHeaderValue Tag(long version) => new($"\"{version}\"");

    private static bool Matches(IList<EntityTagHeaderValue> tags, EntityTagHeaderValue? current) =>
        current is not null && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, useStrongComparison: true));
}
