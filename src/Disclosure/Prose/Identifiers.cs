namespace Disclosure.Prose;

/// <summary>Numbers that stand for a person or an account. Each is recognised by what makes it valid, not by its length alone.</summary>
public static class Identifiers
{
    private const string IdCheckCharacters = "10X98765432";
    private static readonly int[] _idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Every run of digits (an X may end it) that no letter, digit or sign of an address adjoins.</summary>
    public static IEnumerable<(int From, int To)> Runs(string folded)
    {
        for (var i = 0; i < folded.Length; i++)
        {
            if (!char.IsAsciiDigit(folded[i]))
            {
                continue;
            }
            var end = i;
            while (end < folded.Length && char.IsAsciiDigit(folded[end]))
            {
                end++;
            }
            var to = end - i == 17 && end < folded.Length && folded[end] is 'X' or 'x' ? end + 1 : end;
            if (!Adjoins(folded, i - 1) && !Adjoins(folded, to))
            {
                yield return (i, to);
            }
            i = end;
        }
    }

    /// <summary>The number of an identity card (GB 11643): a province, a day of birth that was, and the check character.</summary>
    public static bool IsIdentityCard(ReadOnlySpan<char> number, int latestYear)
    {
        if (number.Length != 18 || !char.IsBetween(number[0], '1', '8'))
        {
            return false;
        }
        var (year, month, day) = (int.Parse(number[6..10], provider: null), int.Parse(number[10..12], provider: null), int.Parse(number[12..14], provider: null));
        if (year < 1900 || year > latestYear || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }
        return char.ToUpperInvariant(number[17]) == IdCheckCharacter(number);
    }

    public static char IdCheckCharacter(ReadOnlySpan<char> number)
    {
        var sum = 0;
        for (var i = 0; i < _idWeights.Length; i++)
        {
            sum += (number[i] - '0') * _idWeights[i];
        }
        return IdCheckCharacters[sum % 11];
    }

    public static bool IsMobile(ReadOnlySpan<char> number) => number.Length == 11 && number[0] == '1' && number[1] is >= '3' and <= '9';

    /// <summary>A bank card: its length, the opening of a card organisation, and the check of Luhn.</summary>
    public static bool IsBankCard(ReadOnlySpan<char> number) =>
        number.Length is >= 16 and <= 19 && (number.StartsWith("62") || number[0] is '4' || (number[0] == '5' && number[1] is >= '1' and <= '5')) && PassesLuhn(number);

    public static bool PassesLuhn(ReadOnlySpan<char> number)
    {
        var sum = 0;
        for (var i = 0; i < number.Length; i++)
        {
            var digit = (number[^(i + 1)] - '0') * (i % 2 == 0 ? 1 : 2);
            sum += digit > 9 ? digit - 9 : digit;
        }
        return sum % 10 == 0;
    }

    /// <summary>Letters, and the signs that join digits to an address, a telephone or a longer number.</summary>
    private static bool Adjoins(string text, int at) =>
        at >= 0 && at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '/' or '_' or '-' or '.' or '=' or '@' or '&' or '%');
}
