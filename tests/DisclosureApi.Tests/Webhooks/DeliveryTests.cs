using Disclosure.Tests;
using System.Text.Json.Nodes;

namespace DisclosureApi.Tests.Webhooks;

/// <summary>What reaches a receiver, in which order, and what follows from what it answers.</summary>
public sealed class DeliveryTests(TestServer server)
{
    [Fact]
    public async Task A_receiver_has_all_that_the_feed_tells_in_its_order_signed_with_the_secret_it_was_given()
    {
        await using var hooked = await Hooked.StartAsync(server);
        await using var receiver = await Receiver.StartAsync();
        await hooked.HappenAsync(3);
        var webhook = await hooked.SubscribeAsync(receiver, after: 0);
        await hooked.HappenAsync(5);

        var received = await receiver.UntilAsync(8);

        var told = (await hooked.Subscriber.GetAsync("/v1/changes?limit=200")).Expect(200).Json["items"]!.AsArray();
        Assert.Equal(told.Select(change => change!.ToJsonString()), received.Select(one => one.Event["data"]!.ToJsonString()));
        Assert.All(received, one =>
        {
            Assert.True(one.IsSignedWith(webhook.Secret()));
            Assert.Equal("application/cloudevents+json", one.Headers["Content-Type"]);
            Assert.Equal(("1.0", "disclosure.change.agencyRegistered", one.Event["data"]!["address"]!.ToString()), (one.Event["specversion"]!.ToString(), one.Event["type"]!.ToString(), one.Event["subject"]!.ToString()));
            Assert.Equal((one.Id, one.Event["data"]!["position"]!.GetValue<long>(), one.Event["data"]!["at"]!.ToString()), (one.Event["id"]!.ToString(), one.Position, one.Event["time"]!.ToString()));
            Assert.EndsWith("/v1/changes", one.Event["source"]!.ToString());
            Assert.DoesNotContain(one.Headers.Keys, name => name is "Authorization" or "Cookie" or "traceparent");
        });
        Assert.Equal(8, received.Select(one => one.Id).Distinct().Count());
        (await hooked.Subscriber.GetAsync(new Uri(received[0].Event["dataschema"]!.ToString()).AbsolutePath)).Expect(200);
        var deliveries = await hooked.UntilAsync(webhook.Deliveries(), page => page["items"]!.AsArray().Count == 8);
        Assert.Equal(received.Select(one => one.Position).Reverse(), deliveries["items"]!.AsArray().Select(one => one!["position"]!.GetValue<long>()));
        Assert.All(deliveries["items"]!.AsArray(), one => Assert.Equal(("delivered", 1, 200), (one!["status"]!.ToString(), one["attempts"]!.GetValue<int>(), one["answered"]!.GetValue<int>())));
    }

    [Fact]
    public async Task What_fails_comes_again_under_the_same_id_and_nothing_overtakes_it()
    {
        await using var hooked = await Hooked.StartAsync(server);
        await using var receiver = await Receiver.StartAsync();
        receiver.AnswerWith(200, 500, 302, 404);
        var webhook = await hooked.SubscribeAsync(receiver);
        var codes = await hooked.HappenAsync(3);

        var received = await receiver.UntilAsync(6);

        Assert.Equal([codes[0], codes[1], codes[1], codes[1], codes[1], codes[2]], received.Select(one => one.Agency));
        Assert.Single(received.Skip(1).Take(4).Select(one => one.Id).Distinct());
        Assert.All(received, one => Assert.True(one.IsSignedWith(webhook.Secret())));
        var deliveries = await hooked.UntilAsync(webhook.Deliveries(), page => page["items"]!.AsArray() is { Count: 3 } all && all.All(one => one!["status"]!.ToString() == "delivered"));
        Assert.Equal([1, 4, 1], deliveries["items"]!.AsArray().Select(one => one!["attempts"]!.GetValue<int>()));
        Assert.Null((await hooked.Subscriber.GetAsync(webhook.Self())).Json["failingSince"]);
    }

    [Fact]
    public async Task A_receiver_that_says_gone_is_left_alone_until_its_owner_asks_again()
    {
        await using var hooked = await Hooked.StartAsync(server);
        await using var receiver = await Receiver.StartAsync();
        receiver.AnswerWith(200, 410);
        var webhook = await hooked.SubscribeAsync(receiver);
        var codes = await hooked.HappenAsync(4);

        await hooked.UntilAsync(webhook.Self(), now => now["status"]!.ToString() == "ended");

        Assert.Equal(codes.Take(2), receiver.All.Select(one => one.Agency));
        Assert.Equal(["failed", "delivered"], (await hooked.Subscriber.GetAsync(webhook.Deliveries())).Json["items"]!.AsArray().Select(one => one!["status"]!.ToString()));
        await ResumeAsync(hooked, webhook);
        Assert.Equal([codes[0], .. codes.Skip(1).Prepend(codes[1])], (await receiver.UntilAsync(5)).Select(one => one.Agency));
    }

    [Fact]
    public async Task A_receiver_that_fails_for_too_long_is_told_as_disabled_and_goes_on_where_it_stood()
    {
        await using var hooked = await Hooked.StartAsync(server, Hooked.Hasty(attempts: 4));
        await using var receiver = await Receiver.StartAsync();
        receiver.AnswerWith(500, 500, 500, 500);
        var webhook = await hooked.SubscribeAsync(receiver);
        var codes = await hooked.HappenAsync(2);

        var disabled = await hooked.UntilAsync(webhook.Self(), now => now["status"]!.ToString() == "disabled");

        Assert.NotNull(disabled["failingSince"]);
        Assert.Equal([codes[0], codes[0], codes[0], codes[0]], receiver.All.Select(one => one.Agency));
        await ResumeAsync(hooked, webhook);
        Assert.Equal([codes[0], codes[1]], (await receiver.UntilAsync(6)).Skip(4).Select(one => one.Agency));
    }

    [Fact]
    public async Task A_slow_receiver_keeps_nobody_else_waiting()
    {
        await using var hooked = await Hooked.StartAsync(server);
        await using var slow = await Receiver.StartAsync();
        await using var quick = await Receiver.StartAsync();
        var released = new TaskCompletionSource();
        slow.Answer = (_, _) => released.Task;
        for (var i = 0; i < 5; i++)
        {
            await hooked.SubscribeAsync(slow);
        }
        await hooked.SubscribeAsync(quick);

        var codes = await hooked.HappenAsync(5);

        Assert.Equal(codes, (await quick.UntilAsync(5)).Select(one => one.Agency));
        Assert.All(await slow.UntilAsync(5), one => Assert.Equal(codes[0], one.Agency));
        released.SetResult();
        await slow.UntilAsync(25);
    }

    [Fact]
    public async Task Who_has_tests_sent_to_a_receiver_that_hangs_keeps_nobody_else_waiting()
    {
        await using var hooked = await Hooked.StartAsync(server, Hooked.Hasty() with { Patience = TimeSpan.FromMinutes(10) });
        await using var hanging = await Receiver.StartAsync();
        await using var quick = await Receiver.StartAsync();
        hanging.Answer = (_, context) => Task.Delay(Timeout.Infinite, context.RequestAborted);
        var greedy = hooked.As("greedy", "somebody else");
        for (var i = 0; i < 3; i++)
        {
            var webhook = (await greedy.PostAsync("/v1/webhooks", Bodies.Json(new { url = hanging.Url.ToString(), filter = new { agency = Samples.Agency } }))).Expect(201).Json;
            for (var test = 0; test < 80; test++)
            {
                (await greedy.PostAsync($"/v1/webhooks/{webhook["id"]}/test", Bodies.Empty)).Expect(201);
            }
        }
        await hanging.UntilAsync(1);
        await hooked.SubscribeAsync(quick);

        var codes = await hooked.HappenAsync(1);

        Assert.Equal(codes, (await quick.UntilAsync(1)).Select(one => one.Agency));
    }

    [Fact]
    public async Task A_receiver_that_never_answers_is_given_up_and_tried_again()
    {
        await using var hooked = await Hooked.StartAsync(server, Hooked.Hasty() with { Patience = TimeSpan.FromMilliseconds(300) });
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = (number, context) => number == 1 ? Task.Delay(Timeout.Infinite, context.RequestAborted) : Task.CompletedTask;
        var webhook = await hooked.SubscribeAsync(receiver);
        await hooked.HappenAsync(1);

        var received = await receiver.UntilAsync(2);

        Assert.Equal(received[0].Id, received[1].Id);
        await hooked.UntilAsync(webhook.Deliveries(), page => page["items"]![0]!["status"]!.ToString() == "delivered");
    }

    [Fact]
    public async Task Two_hosts_deliver_each_change_once()
    {
        await using var hooked = await Hooked.StartAsync(server);
        await hooked.AnotherAsync();
        await using var receiver = await Receiver.StartAsync();
        await hooked.SubscribeAsync(receiver);

        var codes = await hooked.HappenAsync(40);

        Assert.Equal(codes, (await receiver.UntilAsync(40)).Select(one => one.Agency));
    }

    [Fact]
    public async Task A_host_that_ends_amid_deliveries_loses_none_and_another_goes_on()
    {
        await using var hooked = await Hooked.StartAsync(server);
        await using var receiver = await Receiver.StartAsync();
        await hooked.SubscribeAsync(receiver);
        var ending = await hooked.AnotherAsync();
        receiver.Answer = (_, _) => Task.Delay(10, TestContext.Current.CancellationToken);
        var happening = hooked.HappenAsync(60);
        await receiver.UntilAsync(10);
        await hooked.StopAsync(ending);

        var codes = await happening;

        var received = await receiver.UntilAsync(all => all.Select(one => one.Id).Distinct().Count() == 60);
        Assert.Equal(codes, received.DistinctBy(one => one.Id).Select(one => one.Agency));
    }

    private static async Task ResumeAsync(Hooked hooked, JsonNode webhook)
    {
        var now = (await hooked.Subscriber.GetAsync(webhook.Self())).Expect(200);
        var patch = new StringContent("""{"status":"active"}""", System.Text.Encoding.UTF8, "application/merge-patch+json");
        Assert.Null((await hooked.Subscriber.SendAsync(HttpMethod.Patch, webhook.Self(), patch, Headers.Match(now.ETag))).Expect(200).Json["failingSince"]);
    }
}
