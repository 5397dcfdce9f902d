using System.Globalization;
using System.Text.RegularExpressions;

namespace DisclosureApi.Http.History;

/// <summary>Points in time as requests name them and answers tell them (RFC 3339).</summary>
public static partial class Moment
{
    /// <summary>The time that a parameter of the query names; null when it is not given.</summary>
    public static DateTimeOffset? Of(HttpRequest request, string name) => request.Query[name] switch
    {
        [] => null,
        [{ } text] when Read(text) is { } moment => moment,
        _ => throw Page.Wrong(
            $"{name}应为RFC 3339时间，如2024-02-01T08:00:00Z（时区偏移中的+在地址中写作%2B），且只给一次",
            $"{name} must be a time after RFC 3339, such as 2024-02-01T08:00:00Z (the + of an offset is %2B in an address), given once."),
    };

    /// <summary>As answers tell it: UTC in microseconds, which is what the store keeps.</summary>
    public static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Read(string text) =>
        Rfc3339().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var moment)
            ? new DateTimeOffset(moment.Ticks - (moment.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero)
            : null;

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rfc3339();
}
