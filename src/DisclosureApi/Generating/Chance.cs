using System.Security.Cryptography;
using System.Text;

namespace DisclosureApi.Generating;

/// <summary>Chance that falls the same way every time: numbers that follow from a seed and from what they are for, in whatever order they are asked for.</summary>
internal sealed class Chance
{
    private readonly Random _random;

    public Chance(int seed, string purpose) =>
        _random = new Random(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {purpose}")), 0));

    public int Below(int most) => _random.Next(most);

    public int Between(int least, int most) => _random.Next(least, most + 1);

    public bool In(int of) => _random.Next(of) == 0;

    public T Pick<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];

    /// <summary>Many small numbers and few large ones, as counts of cases are spread over bodies.</summary>
    public int Size(int typical) => (int)(typical * Math.Exp(2 * (_random.NextDouble() + _random.NextDouble() + _random.NextDouble() - 1.5)));

    public string Salt()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
