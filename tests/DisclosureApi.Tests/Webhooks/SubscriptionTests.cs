using System.Text;
using System.Text.Json.Nodes;

namespace DisclosureApi.Tests.Webhooks;

/// <summary>What owners can do with their subscriptions, and others cannot.</summary>
public sealed class SubscriptionTests(TestServer server)
{
    private const string Nobody = "/v1/webhooks/3f0c9c5e-6f1e-4a53-9d0b-2f6f3c1d7a10";

    [Theory]
    [InlineData("another", "reader")]
    [InlineData("reader", "another")]
    public async Task Anothers_subscription_answers_byte_for_byte_like_none(string application, string subject)
    {
        await using var hooked = await Hooked.StartAsync(server);
        await using var receiver = await Receiver.StartAsync();
        var webhook = await hooked.SubscribeAsync(receiver);
        (await hooked.Subscriber.PostAsync($"{webhook.Self()}/test", Bodies.Empty)).Expect(201);
        await receiver.UntilAsync(1);
        var delivery = (await hooked.Subscriber.GetAsync(webhook.Deliveries())).Json["items"]![0]!.Self();
        var stranger = hooked.As(application, subject);

        foreach (var (method, path) in new[] { ("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/rotation"), ("POST", "/test"), ("POST", "/replay"), ("GET", "/deliveries"), ("GET", delivery[^46..]), ("POST", $"{delivery[^46..]}/replay") })
        {
            var (theirs, none) = (await SendAsync(stranger, method, webhook.Self() + path), await SendAsync(stranger, method, Nobody + path));
            theirs.ExpectProblem(404, "not-found");
            Assert.Equal(none.Everything, theirs.Everything);
        }
        Assert.Empty((await stranger.GetAsync("/v1/webhooks")).Json["items"]!.AsArray());
        Assert.Single(receiver.All);
        Assert.Equal("active", (await hooked.Subscriber.GetAsync(webhook.Self())).Expect(200).Json["status"]!.ToString());
    }

    [Fact]
    public async Task A_secret_is_told_once_and_stands_nowhere_in_the_database()
    {
        await using var hooked = await Hooked.StartAsync(server);
        await using var receiver = await Receiver.StartAsync();
        var key = (Headers.Key, "\"subscribe\"");
        var body = $$"""{"url":"{{receiver.Url}}","description":"抄本"}""";
        var made = (await hooked.Subscriber.PostAsync("/v1/webhooks", Bodies.Json(body), key)).Expect(201);

        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", made.Json.Secret());
        Assert.Equal(made.Text, (await hooked.Subscriber.PostAsync("/v1/webhooks", Bodies.Json(body), key)).Expect(201).Text);
        var found = (await hooked.Subscriber.GetAsync(made.Header("Location")!)).Expect(200);
        Assert.Equal(made.ETag, found.ETag);
        var shown = made.Json.AsObject();
        shown.Remove("secret");
        Assert.Equal(shown.ToJsonString(), found.Json.ToJsonString());
        Assert.Equal(found.Json.ToJsonString(), (await hooked.Subscriber.GetAsync("/v1/webhooks")).Json["items"]!.AsArray().Single()!.ToJsonString());
        var rows = await hooked.Database.TextsAsync("select w::text from webhooks w union all select convert_from(body, 'UTF8') from idempotency union all select d::text from webhook_deliveries d");
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.DoesNotContain(made.Json.Secret()[6..], row));
    }

    [Fact]
    public async Task After_a_rotation_both_secrets_sign_and_after_another_the_first_does_not()
    {
        await using var hooked = await Hooked.StartAsync(server);
        await using var receiver = await Receiver.StartAsync();
        var webhook = await hooked.SubscribeAsync(receiver);
        var secrets = new List<string> { webhook.Secret() };
        for (var i = 0; i < 2; i++)
        {
            var rotated = (await hooked.Subscriber.PostAsync($"{webhook.Self()}/rotation", Bodies.Empty)).Expect(201).Json;
            secrets.Add(rotated.Secret());
            Assert.Equal(i + 2, rotated["secretGeneration"]!.GetValue<int>());
            await hooked.HappenAsync();
            await receiver.UntilAsync(i + 1);
        }

        Assert.Equal(3, secrets.Distinct().Count());
        Assert.Equal([true, true, false], secrets.Select(receiver.All[0].IsSignedWith));
        Assert.Equal([false, true, true], secrets.Select(receiver.All[1].IsSignedWith));
        await hooked.Database.RunAsync("update webhooks set previous_until = now() - interval '1 second'");
        await hooked.HappenAsync();
        Assert.Equal([false, false, true], secrets.Select((await receiver.UntilAsync(3))[2].IsSignedWith));
    }

    [Fact]
    public async Task Only_what_the_filter_takes_is_sent()
    {
        await using var hooked = await Hooked.StartAsync(server);
        await using var county = await Receiver.StartAsync();
        await using var body = await Receiver.StartAsync();
        await using var renamed = await Receiver.StartAsync();
        await hooked.SubscribeAsync(county, new { region = "990100" });
        await hooked.SubscribeAsync(renamed, new { types = new[] { "agencyRenamed", "published" } });
        var first = await hooked.HappenAsync("980203");
        await hooked.SubscribeAsync(body, new { agency = first });
        var second = await hooked.HappenAsync("990102");
        (await hooked.Registrar.PostAsync($"/v1/agencies/{first}/renaming", Bodies.Json("""{"name":"云州市科技局","on":"2023-07-01"}"""))).Expect(201);
        (await hooked.Registrar.PostAsync($"/v1/agencies/{second}/renaming", Bodies.Json("""{"name":"云州市商务局","on":"2023-07-01"}"""))).Expect(201);

        Assert.Equal([second, second], (await county.UntilAsync(2)).Select(one => one.Agency));
        Assert.Equal([first, second], (await renamed.UntilAsync(2)).Select(one => one.Agency));
        Assert.Equal((first, "disclosure.change.agencyRenamed"), (Assert.Single(await body.UntilAsync(1)).Agency, body.All[0].Event["type"]!.ToString()));
    }

    [Fact]
    public async Task What_is_paused_waits_and_what_is_asked_for_again_comes_again()
    {
        await using var hooked = await Hooked.StartAsync(server);
        await using var receiver = await Receiver.StartAsync();
        var webhook = await hooked.SubscribeAsync(receiver);
        var codes = await hooked.HappenAsync(2);
        await receiver.UntilAsync(2);
        await PatchAsync(hooked, webhook, """{"status":"paused","description":"维护中"}""");
        codes.AddRange(await hooked.HappenAsync(2));
        (await hooked.Subscriber.PostAsync($"{webhook.Self()}/test", Bodies.Empty)).Expect(201);
        var test = (await receiver.UntilAsync(3))[2];
        Assert.Equal(("disclosure.webhook.test", true), (test.Event["type"]!.ToString(), test.IsSignedWith(webhook.Secret())));

        await PatchAsync(hooked, webhook, """{"status":"active"}""");
        Assert.Equal(codes.Skip(2), (await receiver.UntilAsync(5)).Skip(3).Select(one => one.Agency));

        await hooked.UntilAsync(webhook.Deliveries(), page => page["items"]!.AsArray().Count == 5);
        (await hooked.Subscriber.PostAsync($"{webhook.Self()}/replay", Bodies.Json(new { after = receiver.All[0].Position }))).Expect(200);
        var again = (await receiver.UntilAsync(8)).Skip(5).ToList();
        Assert.Equal(codes.Skip(1), again.Select(one => one.Agency));
        Assert.Equal(receiver.All[1].Id, again[0].Id);
        var first = (await hooked.UntilAsync(webhook.Deliveries(), page => page["items"]!.AsArray().Count == 8))["items"]!.AsArray()[^1]!;
        var repeated = (await hooked.Subscriber.PostAsync($"{first.Self()}/replay", Bodies.Empty)).Expect(201);
        Assert.Equal((receiver.All[0].Id, codes[0]), ((await receiver.UntilAsync(9))[8].Id, receiver.All[8].Agency));
        await hooked.UntilAsync(repeated.Header("Location")!, one => one["status"]!.ToString() == "delivered" && one["kind"]!.ToString() == "replay");
    }

    [Fact]
    public async Task What_was_tried_in_vain_is_told_as_failed_when_its_owner_passes_over_it()
    {
        await using var hooked = await Hooked.StartAsync(server, Hooked.Hasty() with { Waits = [TimeSpan.FromHours(1)] });
        await using var receiver = await Receiver.StartAsync();
        receiver.AnswerWith(400);
        var webhook = await hooked.SubscribeAsync(receiver);
        var codes = await hooked.HappenAsync(2);
        var refused = await receiver.UntilAsync(1);
        await hooked.UntilAsync(webhook.Self(), now => now["failingSince"] is not null);

        (await hooked.Subscriber.PostAsync($"{webhook.Self()}/replay", Bodies.Json(new { after = refused[0].Position }))).Expect(200);

        Assert.Equal(codes, (await receiver.UntilAsync(2)).Select(one => one.Agency));
        var told = await hooked.UntilAsync(webhook.Deliveries(), page => page["items"]!.AsArray().Count == 2);
        Assert.Equal(["delivered", "failed"], told["items"]!.AsArray().Select(one => one!["status"]!.ToString()));
        Assert.Null((await hooked.Subscriber.GetAsync(webhook.Self())).Json["failingSince"]);
    }

    [Fact]
    public async Task What_arrives_while_its_owner_pauses_does_not_come_again()
    {
        await using var hooked = await Hooked.StartAsync(server);
        await using var receiver = await Receiver.StartAsync();
        var released = new TaskCompletionSource();
        receiver.Answer = (_, _) => released.Task;
        var webhook = await hooked.SubscribeAsync(receiver);
        var codes = await hooked.HappenAsync(2);
        await receiver.UntilAsync(1);
        await PatchAsync(hooked, webhook, """{"status":"paused"}""");
        released.SetResult();
        await hooked.UntilAsync(webhook.Deliveries(), page => page["items"]!.AsArray().Count == 1);

        await PatchAsync(hooked, webhook, """{"status":"active"}""");

        Assert.Equal(codes, (await receiver.UntilAsync(2)).Select(one => one.Agency));
    }

    [Fact]
    public async Task A_client_has_no_more_subscriptions_than_may_be_and_what_is_ended_makes_room()
    {
        await using var hooked = await Hooked.StartAsync(server, Hooked.Hasty() with { MostOfClient = 2 });
        await using var receiver = await Receiver.StartAsync();
        var first = await hooked.SubscribeAsync(receiver);
        await hooked.SubscribeAsync(receiver);
        var body = Bodies.Json(new { url = receiver.Url.ToString() });
        Assert.Equal(2, (await hooked.Subscriber.PostAsync("/v1/webhooks", body)).ExpectProblem(409, "webhook-limit").Json["limit"]!.GetValue<int>());
        (await hooked.As("another").PostAsync("/v1/webhooks", Bodies.Json(new { url = receiver.Url.ToString() }))).Expect(201);

        (await hooked.Subscriber.DeleteAsync(first.Self(), Headers.Match("\"9\""))).ExpectProblem(412, "precondition-failed");
        (await hooked.Subscriber.DeleteAsync(first.Self(), Headers.Match("\"1\""))).Expect(204);

        (await hooked.Subscriber.GetAsync(first.Self())).ExpectProblem(404, "not-found");
        await hooked.SubscribeAsync(receiver);
    }

    private static async Task PatchAsync(Hooked hooked, JsonNode webhook, string patch)
    {
        var now = (await hooked.Subscriber.GetAsync(webhook.Self())).Expect(200);
        (await hooked.Subscriber.SendAsync(HttpMethod.Patch, webhook.Self(), new StringContent(patch, Encoding.UTF8, "application/merge-patch+json"), Headers.Match(now.ETag))).Expect(200);
    }

    private static Task<Reply> SendAsync(Client client, string method, string path) => client.SendAsync(new HttpMethod(method), path, method switch
    {
        "PATCH" => new StringContent("{}", Encoding.UTF8, "application/merge-patch+json"),
        "POST" when path.EndsWith("/replay", StringComparison.Ordinal) && !path.Contains("/deliveries/", StringComparison.Ordinal) => Bodies.Json("""{"after":0}"""),
        "POST" => Bodies.Empty,
        _ => null,
    }, Headers.Match("\"1\""));
}
