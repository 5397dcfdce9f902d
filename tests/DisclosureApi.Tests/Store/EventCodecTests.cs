using System.Text.Json.Nodes;
using Disclosure.Tests;
using DisclosureApi.Store;

namespace DisclosureApi.Tests.Store;

/// <summary>
/// What is stored today must be readable for decades. Each type of event is pinned by a committed file, complete and
/// minimal; a file may be added and none may be changed.
/// </summary>
public class EventCodecTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "DisclosureApi.Tests", "Store", "Events");

    public static TheoryData<string> Names => [.. PinnedEvents.All.Keys];

    [Fact]
    public void Every_type_of_event_is_pinned_and_every_pin_has_its_event()
    {
        Assert.Equal(EventCodec.Types.ToHashSet(), PinnedEvents.All.Values.Select(happened => happened.GetType()).ToHashSet());
        Assert.Equal(
            PinnedEvents.All.Keys.Order(StringComparer.Ordinal),
            Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal));
        Assert.All(PinnedEvents.All, pin => Assert.StartsWith(EventCodec.NameOf(pin.Value) + ".", pin.Key));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_event_is_written_as_it_was_pinned_and_read_back_the_same(string name)
    {
        var happened = PinnedEvents.All[name];
        var path = Path.Combine(Folder, $"{name}.json");
        Assert.True(File.Exists(path), $"There is no {path}. Pin the event with: {EventCodec.Encode(happened)}");
        var pinned = File.ReadAllText(path);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(pinned), JsonNode.Parse(EventCodec.Encode(happened))), $"written as {EventCodec.Encode(happened)}");
        var read = EventCodec.Decode(EventCodec.NameOf(happened), pinned);
        Assert.IsType(happened.GetType(), read);
        Assert.Equal(EventCodec.Encode(happened), EventCodec.Encode(read));
    }

    [Fact]
    public void A_field_that_a_newer_program_added_does_not_stop_an_older_one() =>
        Assert.NotNull(EventCodec.Decode("report_approved", """{"contentHash":"00","since":"2031"}"""));

    [Fact]
    public void An_event_nobody_knows_stops_us() =>
        Assert.Contains("newer", Assert.Throws<InvalidOperationException>(() => EventCodec.Decode("report_burnt", "{}")).Message);
}
