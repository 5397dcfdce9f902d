namespace DisclosureApi.Documents.Readers;

/// <summary>
/// Digits that stand above or below the line, as the characters that stand there by themselves: a footnote's mark behind a
/// number is no digit of it.
/// </summary>
internal static class RaisedDigits
{
    private const string Above = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private const string Below = "₀₁₂₃₄₅₆₇₈₉";

    public static string Of(string text, bool isAbove) => string.Concat(text.Select(c => char.IsAsciiDigit(c) ? (isAbove ? Above : Below)[c - '0'] : c));
}
