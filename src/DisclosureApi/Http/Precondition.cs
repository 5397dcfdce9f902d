using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace DisclosureApi.Http;

/// <summary>The version that a client says it changes (RFC 9110 §13, RFC 6585 §3).</summary>
public sealed class Precondition
{
    private readonly IList<EntityTagHeaderValue> _match;
    private readonly IList<EntityTagHeaderValue> _noneMatch;

    private Precondition(HttpRequest request)
    {
        _match = Tags(request.Headers.IfMatch, "If-Match");
        _noneMatch = Tags(request.Headers.IfNoneMatch, "If-None-Match");
    }

    /// <summary>For steps that the state and the content's hash already guard: taken when given.</summary>
    public static Precondition Optional(HttpRequest request) => new(request);

    /// <summary>For writes that replace: 428 without If-Match, or If-None-Match: * to create. Another version than some is no version.</summary>
    public static Precondition Required(HttpRequest request)
    {
        var precondition = new Precondition(request);
        return precondition._match.Count > 0 || precondition._noneMatch.Contains(EntityTagHeaderValue.Any) ? precondition : throw new ProblemException(new Problem(ProblemTypes.PreconditionRequired));
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

    /// <summary>A condition that cannot be read must not count as one that was not set.</summary>
    private static IList<EntityTagHeaderValue> Tags(StringValues header, string name)
    {
        if (header.Count == 0)
        {
            return [];
        }
        return EntityTagHeaderValue.TryParseStrictList(header, out var tags) && (tags.Count == 1 || !tags.Contains(EntityTagHeaderValue.Any))
            ? tags
            : throw new ProblemException(new Problem(ProblemTypes.InvalidRequest, new(
                $"标头{name}有误：应为带引号的ETag（如\"3\"）或*", $"The header {name} is malformed: it takes ETags in their quotes, such as \"3\", or *.")));
    }

    public static string ETag(long version) => Tag(version).ToString();

    private static EntityTagHeaderValue Tag(long version) => new($"\"{version}\"");

    private static bool Matches(IList<EntityTagHeaderValue> tags, EntityTagHeaderValue? current) =>
        current is not null && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, useStrongComparison: true));
}
