namespace Disclosure.Prose;

/// <summary>Numbers that stand for a person or an account. Each is recognised by what makes it valid, not by its length alone.</summary>
public static class Identifiers
{
    /// <summary>The number of a mobile telephone.</summary>
    private const int Shortest = 11;

    private const string IdCheckCharacters = "10X98765432";
    private static readonly int[] _idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>The groups in which people write such numbers, by their lengths: 138 1234 5678, 110105 19491231 0021, 4111-1111-1111-1111.</summary>
    private static readonly int[][] _groupings =
    [
        [3, 4, 4], [2, 3, 4, 4], [2, 11], [6, 8, 4], [6, 4, 4, 4], [4, 4, 4, 4], [4, 4, 4, 4, 1], [4, 4, 4, 4, 2], [4, 4, 4, 4, 3],
    ];

    private static readonly int _mostGroups = _groupings.Max(lengths => lengths.Length);

    /// <summary>Every number that may stand for a person or an account: the runs of digits, and those groups of them that are written as one.</summary>
    public static IEnumerable<(int From, int To, string Number)> Numbers(string folded)
    {
        var (groups, last) = (new List<(int From, int To)>(), 0);
        foreach (var (from, to) in Groups(folded))
        {
            if (groups.Count > 0 && !(from == last + 1 && folded[last] is ' ' or '-'))
            {
                groups.Clear();
            }
            groups.Add((from, last = to));
            if (to - from >= Shortest && !Adjoins(folded, from - 1) && !Adjoins(folded, to))
            {
                yield return (from, to, folded[from..to]);
            }
            for (var first = Math.Max(0, groups.Count - _mostGroups); first < groups.Count - 1; first++)
            {
                var lengths = groups[first..].ConvertAll(group => group.To - group.From);
                if (!Adjoins(folded, groups[first].From - 1) && !Adjoins(folded, to) && Array.Exists(_groupings, grouping => lengths.SequenceEqual(grouping)))
                {
                    yield return (groups[first].From, to, string.Concat(groups[first..].Select(group => folded[group.From..group.To])));
                }
            }
        }
    }

    /// <summary>Every run of digits; an X may end it where it ends the number of an identity card.</summary>
    private static IEnumerable<(int From, int To)> Groups(string folded)
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
            yield return (i, end - i is 17 or 3 && end < folded.Length && folded[end] is 'X' or 'x' ? end + 1 : end);
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

    /// <summary>A mobile number, with or without the country's 86 before it.</summary>
    public static bool IsMobile(ReadOnlySpan<char> number) =>
        number.Length == 13 && number.StartsWith("86") ? IsMobile(number[2..]) : number.Length == 11 && number[0] == '1' && number[1] is >= '3' and <= '9';

    /// <summary>A bank card: its length, the opening of a card organisation, and the check of Luhn.</summary>
    public static bool IsBankCard(ReadOnlySpan<char> number) =>
        number.Length is >= 16 and <= 19 && char.IsAsciiDigit(number[^1]) && (number.StartsWith("62") || number[0] is '4' || (number[0] == '5' && number[1] is >= '1' and <= '5')) && PassesLuhn(number);

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
