using Disclosure.Statistics;
using FsCheck;
using FsCheck.Fluent;

namespace Disclosure.Tests.Statistics;

public class DistributionTests
{
    [Fact]
    public void A_quantile_lies_between_the_two_nearest_of_all_values_put_in_order()
    {
        var values = Gen.Choose(-50, 50).Select(value => value / 7m).NonEmptyListOf();
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(values.ToArbitrary(), Gen.Choose(0, 12).ToArbitrary(), (given, part) =>
        {
            var ordered = given.Order().ToList();
            var place = (ordered.Count - 1) * part / 12m;
            var (below, above) = (ordered[(int)Math.Floor(place)], ordered[(int)Math.Ceiling(place)]);

            var spread = new Distribution();
            foreach (var value in given)
            {
                spread.Add(value);
                // Who asks early must not be told the same later.
                spread.Quantile(part, 12);
            }

            return spread.Count == ordered.Count && spread.Quantile(part, 12) == Rounding.TwoDecimals(below + (above - below) * (place - Math.Floor(place)));
        }));
    }

    [Fact]
    public void Of_nothing_there_is_no_median() => Assert.Null(new Distribution().Quantile(1, 2));
}
