using DisclosureApi.Webhooks;
using DisclosureApi.Webhooks.Delivering;

namespace DisclosureApi.Tests.Webhooks;

/// <summary>Who has a place while there are more deliveries than places.</summary>
public sealed class PlacesTests
{
    [Fact]
    public void Neither_one_owner_nor_those_who_fail_take_all_places()
    {
        var places = new Places(new Shares(All: 10, Failing: 4, Owner: 3));
        var never = new TaskCompletionSource();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            places.Add(Waiting(never.Task), "greedy", isFailing: true);
        }

        var chosen = places.Choose([.. Of("greedy", 5, false), .. Of("broken", 9, true), .. Of("other", 9, false), .. Of("late", 9, false)]);

        Assert.Equal([("greedy", 1), ("broken", 2), ("other", 3), ("late", 2)], chosen.CountBy(one => one.Owner).Select(owner => (owner.Key, owner.Value)));
        Assert.Equal(8, places.Free);
    }

    [Fact]
    public void Tests_and_replays_take_no_more_places_than_receivers_that_fail()
    {
        var places = new Places(new Shares(All: 10, Failing: 4, Owner: 3));
        var never = new TaskCompletionSource();
        foreach (var isFailing in new[] { true, true, true, false })
        {
            places.Add(Waiting(never.Task), "greedy", isFailing);
        }

        Assert.Equal((1, 6, 4), (places.FreeForUnproven, places.Free, places.Owners["greedy"]));
    }

    [Fact]
    public void A_place_is_free_again_when_its_delivery_is_done()
    {
        var places = new Places(new Shares(All: 1, Failing: 1, Owner: 1));
        places.Add(Task.CompletedTask, "owner", isFailing: false);
        Assert.Empty(places.Choose(Of("owner", 1, false)));

        places.Clear();

        Assert.Single(places.Choose(Of("owner", 1, false)));
    }

    private static async Task Waiting(Task task) => await task;

    private static IEnumerable<Behind> Of(string owner, int count, bool isFailing) =>
        Enumerable.Range(0, count).Select(_ => new Behind(Guid.NewGuid(), owner, 0, isFailing, ChangeFilter.All));
}
