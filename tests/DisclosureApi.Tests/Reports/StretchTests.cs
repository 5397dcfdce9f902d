using System.Globalization;
using DisclosureApi.Searching;

namespace DisclosureApi.Tests.Reports;

/// <summary>A search that goes back through the order looks everywhere, and nowhere twice.</summary>
public sealed class StretchTests
{
    private const int Shortest = 1_024;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_023)]
    [InlineData(1_024)]
    [InlineData(594_593)]
    [InlineData(10_000_000)]
    [InlineData(123_456_789)]
    public void Parts_named_by_stretches_of_all_sizes_lead_from_a_position_to_the_first_without_a_gap(long position)
    {
        var end = position / Shortest * Shortest + Shortest;
        var random = new Random(7);
        for (var part = Stretch.Between(position - 500, position); ; part = random.Next(2) == 0 ? part.Earlier(random.Next(2, 17)) : Stretch.Between(part.Before - random.Next(100_000), part.Before))
        {
            var names = part.Names().ToList();
            var places = names.Select(Place).OrderByDescending(place => place.From).ToList();
            Assert.True(names.Count < 120, $"{names.Count} names");
            foreach (var (from, length) in places)
            {
                Assert.Equal(end, from + length);
                end = from;
            }
            if (part.IsFirst)
            {
                break;
            }
        }
        Assert.Equal(0, end);
    }

    /// <summary>The positions that a name stands for, as the schema gives names.</summary>
    private static (long From, long Length) Place(string name)
    {
        var (size, number) = (int.Parse(name[..1], CultureInfo.InvariantCulture), long.Parse(name[2..], CultureInfo.InvariantCulture));
        var length = 1L << (10 + 4 * size);
        return (number * length, length);
    }
}
