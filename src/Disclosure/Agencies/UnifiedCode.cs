namespace Disclosure.Agencies;

/// <summary>
/// The unified social credit code (GB 32100-2015): 18 characters, of which 9 to 17 are an organisation code (GB 11714)
/// with a check character of its own and the last checks the whole.
/// </summary>
public static class UnifiedCode
{
    /// <summary>Digits and capital letters without those that are taken for others: I, O, S, V, Z.</summary>
    public const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private const string OrganisationAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static readonly int[] _organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

    public const int Length = 18;

    /// <summary>Whether the last character is the one that the other seventeen call for.</summary>
    public static bool IsValid(string code) =>
        code.Length == Length && code.All(c => Alphabet.Contains(c, StringComparison.Ordinal)) && code[^1] == CheckCharacter(code);

    /// <summary>The check character of the first seventeen: weights are the powers of 3 modulo 31.</summary>
    public static char CheckCharacter(string code)
    {
        var (sum, weight) = (0, 1);
        foreach (var c in code.AsSpan(0, Length - 1))
        {
            sum += Alphabet.IndexOf(c, StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }
        return Alphabet[(31 - sum % 31) % 31];
    }

    /// <summary>
    /// Whether the organisation code inside checks. Null where it has letters: how they count is told differently by
    /// different sources, so nothing is claimed of them.
    /// </summary>
    public static bool? HasValidOrganisationCode(string code)
    {
        var body = code.AsSpan(8, 8);
        foreach (var c in body)
        {
            if (!char.IsAsciiDigit(c))
            {
                return null;
            }
        }
        return code[16] == OrganisationCheckCharacter(body);
    }

    /// <summary>The check character of the eight characters of an organisation code (GB 11714).</summary>
    public static char OrganisationCheckCharacter(ReadOnlySpan<char> body)
    {
        var sum = 0;
        for (var i = 0; i < _organisationWeights.Length; i++)
        {
            sum += OrganisationAlphabet.IndexOf(body[i], StringComparison.Ordinal) * _organisationWeights[i];
        }
        return (11 - sum % 11) switch
        {
            10 => 'X',
            11 => '0',
            var digit => (char)('0' + digit),
        };
    }
}
