using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace DisclosureApi.Http;

/// <summary>Which of the representations there are the reader likes best (RFC 9110 §12.5.1).</summary>
public static class MediaTypes
{
    /// <summary>The one it likes best, the first of several alike; the first for a reader that names none, null when it takes none.</summary>
    public static string? Choose(HttpRequest request, params ReadOnlySpan<string> offered)
    {
        var accepted = request.Headers.Accept;
        if (accepted.Count == 0 || !MediaTypeHeaderValue.TryParseList(accepted, out var ranges))
        {
            return offered[0];
        }
        string? best = null;
        var most = 0.0;
        foreach (var type in offered)
        {
            var quality = Quality(ranges, MediaTypeHeaderValue.Parse(type));
            (best, most) = quality > most ? (type, quality) : (best, most);
        }
        return best;
    }

    /// <summary>Of the ranges that hold the type, the narrowest one's.</summary>
    private static double Quality(IList<MediaTypeHeaderValue> ranges, MediaTypeHeaderValue type) => ranges
        .Where(range => range.MatchesAllTypes || (IsSame(range.Type, type.Type) && (range.MatchesAllSubTypes || IsSame(range.SubType, type.SubType))))
        .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
        .Select(range => range.Quality ?? 1)
        .FirstOrDefault();

    /// <summary>Their letters may be large or small (RFC 9110 §8.3.1).</summary>
    private static bool IsSame(StringSegment name, StringSegment other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
