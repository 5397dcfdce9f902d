using System.Globalization;

namespace DisclosureApi.Searching;

/// <summary>
/// Where a reader of results stands. Results come in handfuls, newest first; within a handful the best comes first. So the
/// cost of a page does not depend on how much is found, nor on how deep it lies.
/// </summary>
/// <param name="InProse">Whether all that is found by the names of bodies and regions has been told.</param>
/// <param name="Top">Position of the newest publication of the handful.</param>
/// <param name="Told">How many of the handful have been told.</param>
internal readonly record struct SearchCursor(bool InProse, long Top, int Told)
{
    public static SearchCursor Start { get; } = new(false, long.MaxValue, 0);

    public static SearchCursor StartOfProse { get; } = new(true, long.MaxValue, 0);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(InProse ? 1 : 0)}.{Top}.{Told}");

    /// <summary>Null where the text is no cursor.</summary>
    public static SearchCursor? Parse(string text) =>
        text.Split('.') is [("0" or "1") and var tier, var top, var told]
        && long.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
        && int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= SearchHandful.Size
            ? new SearchCursor(tier == "1", position, count)
            : null;
}
