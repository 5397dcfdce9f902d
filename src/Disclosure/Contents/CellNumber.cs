using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Disclosure.Formats;

namespace Disclosure.Contents;

/// <summary>What number a cell may hold, in one place for the reader of JSON, the reader of documents and the rules.</summary>
public static class CellNumber
{
    /// <summary>The largest integer that every JSON implementation keeps exactly (2^53 − 1).</summary>
    public const decimal MaxCount = 9_007_199_254_740_991m;

    private const int AmountDigits = 15;
    private const int CountDigits = 16;

    /// <summary>Below this an amount with six decimals has no more digits than are kept.</summary>
    private const decimal LeastWithTooManyDigits = 1_000_000_000m;

    /// <summary>The exact value of a JSON number, or null when it is no number or has more digits than can be kept exactly.</summary>
    public static decimal? Read(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && JsonMarshal.GetRawUtf8Value(value) is { Length: <= AmountDigits } plain && long.TryParse(plain, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return count;
        }
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out var number) || Math.Abs(number) > MaxCount)
        {
            return null;
        }
        var digits = SignificantDigits(value.GetRawText());
        // A number too small to be kept would be read as 0, which is another number.
        if (number == 0 && digits > 0)
        {
            return null;
        }
        return digits <= (decimal.IsInteger(number) ? CountDigits : AmountDigits) ? ReportContent.Normalised(number) : null;
    }

    /// <summary>Whether the form allows this number in this column: counts are whole and, but for 本年增/减, not negative; amounts have at most the column's decimals.</summary>
    public static bool Fits(Column column, decimal value) =>
        (column.Signed || value >= 0) && decimal.Round(value, column.Decimals) == value && Math.Abs(value) <= MaxCount
        && (column.Decimals == 0 || Math.Abs(value) < LeastWithTooManyDigits || SignificantDigits(value.ToString(CultureInfo.InvariantCulture)) <= AmountDigits);

    /// <summary>Whether every column of every form allows this number, as is so of nearly all.</summary>
    public static bool FitsAnywhere(decimal value) => value is >= 0 and < LeastWithTooManyDigits && (value.Scale == 0 || decimal.IsInteger(value));

    /// <summary>Whether a number is written as an integer is, without a point and zeros behind it.</summary>
    public static bool IsPlainCount(decimal value) => value.Scale == 0 && value is >= -MaxCount and <= MaxCount;

    private static int SignificantDigits(string raw)
    {
        var exponent = raw.AsSpan().IndexOfAny('e', 'E');
        var mantissa = (exponent < 0 ? raw : raw.AsSpan(0, exponent)).TrimStart('-');
        // Zeros before the first digit that counts, and after the last, count for nothing on either side of the point.
        var digits = mantissa.TrimStart("0.").TrimEnd("0.");
        return digits.Contains('.') ? digits.Length - 1 : digits.Length;
    }
}
