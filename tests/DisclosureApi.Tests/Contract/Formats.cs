using System.Globalization;

namespace DisclosureApi.Tests.Contract;

/// <summary>The formats of JSON Schema that the contract uses; another one is a crash, so that none goes unchecked.</summary>
internal static class Formats
{
    private static readonly string[] _times = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static bool IsOf(string format, string text) => format switch
    {
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => DateTimeOffset.TryParseExact(text, _times, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "uri-reference" => Uri.IsWellFormedUriString(text, UriKind.RelativeOrAbsolute) || text.StartsWith('#'),
        _ => throw new NotSupportedException($"The check knows nothing of the format {format}."),
    };
}
