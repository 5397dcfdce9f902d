using Disclosure.Canonical;
using Disclosure.Reports;
using DisclosureApi.Store;
using DisclosureApi.Store.Following;

namespace DisclosureApi.Tests.Store.Following;

/// <summary>What a host remembers of what it stored: never with a gap, and never more than it should.</summary>
public sealed class RecentEventsTests
{
    private readonly RecentEvents _recent = new();

    [Fact]
    public void What_was_stored_last_is_there_in_order_and_what_was_taken_in_is_gone()
    {
        Store(after: 10, events: 3);
        Store(after: 13, events: 2);

        Assert.Empty(Positions(after: 9));
        Assert.Equal([11, 12, 13, 14, 15], Positions(after: 10));
        Assert.Equal([11, 12], Positions(after: 10, limit: 2));
        Assert.Equal([14, 15], Positions(after: 13));
        Assert.Empty(Positions(after: 10));
        Assert.Empty(Positions(after: 15));
    }

    [Fact]
    public void Where_another_host_stored_something_in_between_only_what_lies_behind_it_is_there()
    {
        Store(after: 10, events: 3);
        Store(after: 14, events: 2);

        Assert.Empty(Positions(after: 10));
        Assert.Equal([15, 16], Positions(after: 14));
    }

    [Fact]
    public void It_holds_no_more_than_two_megabytes()
    {
        for (var at = 0; at < 100; at++)
        {
            Store(after: at, events: 1, new string('长', 100_000));
        }

        Assert.Empty(Positions(after: 0));
        Assert.Equal(10, Enumerable.Range(0, 100).Select(at => Positions(after: at).Count).Max());
    }

    private IReadOnlyList<long> Positions(long after, int limit = int.MaxValue) => [.. _recent.After(after, limit).Select(one => one.Stored.Position)];

    private void Store(long after, int events, string words = "保密")
    {
        var happened = Enumerable.Range(0, events).Select(_ => (object)new ReportEvent.SecrecyReviewed("00", true, new CommittedText(words, CommittedText.NewSalt()))).ToList();
        var append = new Append("report/recent", "report", 0, happened, new Provenance("p_recent", "submitter", null, null, "request"), null, _ => []);
        _recent.Add([new PendingAppend(append).After(after, DateTimeOffset.UnixEpoch)]);
    }
}
