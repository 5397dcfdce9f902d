using System.Net;
using System.Net.Sockets;
using DisclosureApi.Webhooks;
using DisclosureApi.Webhooks.Delivering;
using DisclosureApi.Webhooks.Targets;

namespace DisclosureApi.Tests.Webhooks;

/// <summary>Nobody is led inside: by an address, by a name, by a name that changes its mind, by an answer.</summary>
public sealed class TargetTests(TestServer server)
{
    private static readonly IPAddress _public = IPAddress.Parse("93.184.215.14");

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.192")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.7")]
    [InlineData("203.0.113.9")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:93.184.215.14")]
    [InlineData("::ffff:0:127.0.0.1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:0:a9fe:a9fe::1")]
    [InlineData("2001:2::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("2606:4700::5efe:10.0.0.1")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public async Task A_name_that_leads_inside_is_refused_alone_and_among_public_ones(string inside)
    {
        Assert.False(PublicAddress.Is(IPAddress.Parse(inside)));
        foreach (var addresses in new IPAddress[][] { [IPAddress.Parse(inside)], [_public, IPAddress.Parse(inside)] })
        {
            Assert.True(await Target.LeadsInsideAsync(new Uri("https://receiver.example.org/"), (_, _) => Task.FromResult(addresses), isLocal: false, TestContext.Current.CancellationToken));
            using var client = new TargetClient((_, _) => Task.FromResult(addresses), Settings.Read([]), TimeProvider.System);
            var answered = await client.PostAsync(new Uri("https://receiver.example.org/"), [1], "text/plain", [], TestContext.Current.CancellationToken);
            Assert.Equal((null, "unreachable"), (answered.Status, answered.Fault));
        }
    }

    [Theory]
    [InlineData("93.184.215.14")]
    [InlineData("100.63.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700::1111")]
    [InlineData("2400:3200::1")]
    [InlineData("2a00:1450::1")]
    public void Other_addresses_are_public(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));

    [Fact]
    public async Task A_name_that_changes_its_mind_is_not_followed_inside()
    {
        using var inner = new TcpListener(IPAddress.Loopback, 0);
        inner.Start();
        var asked = 0;
        await using var hooked = await Hooked.StartAsync(
            server, Hooked.Hasty(attempts: 3) with { LocalTargets = false }, (_, _) => Task.FromResult<IPAddress[]>(Interlocked.Increment(ref asked) == 1 ? [_public] : [IPAddress.Loopback]));
        var url = $"https://receiver.example.org:{((IPEndPoint)inner.LocalEndpoint).Port}/";
        var webhook = (await hooked.Subscriber.PostAsync("/v1/webhooks", Bodies.Json(new { url }))).Expect(201).Json;
        await hooked.HappenAsync();

        await hooked.UntilAsync(webhook.Self(), now => now["status"]!.ToString() == "disabled");

        // One look for each connection that was wanted, beside the first at the subscription.
        Assert.Equal(4, asked);
        Assert.False(inner.Pending());
        var delivery = (await hooked.Subscriber.GetAsync(webhook.Deliveries())).Json["items"]![0]!;
        Assert.Equal(("failed", "unreachable", 3), (delivery["status"]!.ToString(), delivery["fault"]!.ToString(), delivery["attempts"]!.GetValue<int>()));
        Assert.Null(delivery["answered"]);
    }

    [Fact]
    public async Task A_name_that_leads_inside_from_the_beginning_cannot_be_subscribed_or_changed_to()
    {
        await using var hooked = await Hooked.StartAsync(server, Hooked.Hasty() with { LocalTargets = false }, (host, _) => Task.FromResult<IPAddress[]>(host.StartsWith("inside", StringComparison.Ordinal) ? [_public, IPAddress.Parse("169.254.169.254")] : [_public]));
        (await hooked.Subscriber.PostAsync("/v1/webhooks", Bodies.Json("""{"url":"https://inside.example.org/"}"""))).ExpectProblem(422, "invalid-body");
        var webhook = (await hooked.Subscriber.PostAsync("/v1/webhooks", Bodies.Json("""{"url":"https://outside.example.org/"}"""))).Expect(201);

        var patch = new StringContent("""{"url":"https://inside.example.org/"}""", System.Text.Encoding.UTF8, "application/merge-patch+json");

        (await hooked.Subscriber.SendAsync(HttpMethod.Patch, webhook.Json.Self(), patch, Headers.Match(webhook.ETag))).ExpectProblem(422, "invalid-body");
    }

    [Fact]
    public async Task An_answer_that_points_elsewhere_is_not_followed()
    {
        await using var hooked = await Hooked.StartAsync(server, Hooked.Hasty(attempts: 2));
        await using var receiver = await Receiver.StartAsync();
        await using var elsewhere = await Receiver.StartAsync();
        receiver.Answer = (_, context) =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = elsewhere.Url.ToString();
            context.Response.Headers.SetCookie = "a=b";
            return Task.CompletedTask;
        };
        var webhook = await hooked.SubscribeAsync(receiver);
        await hooked.HappenAsync();

        await hooked.UntilAsync(webhook.Self(), now => now["status"]!.ToString() == "disabled");

        Assert.Empty(elsewhere.All);
        Assert.Equal(2, receiver.All.Count);
        Assert.DoesNotContain("Cookie", receiver.All[1].Headers.Keys);
        Assert.Equal(307, (await hooked.Subscriber.GetAsync(webhook.Deliveries())).Json["items"]![0]!["answered"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read()
    {
        await using var hooked = await Hooked.StartAsync(server);
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = async (_, context) =>
        {
            var piece = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(piece, context.RequestAborted);
            }
        };
        await hooked.SubscribeAsync(receiver);

        var codes = await hooked.HappenAsync(3);

        Assert.Equal(codes, (await receiver.UntilAsync(3)).Select(one => one.Agency));
    }

    [Theory]
    [InlineData(0, 500, null, 4, 6, null)]
    [InlineData(1, 500, null, 240, 360, null)]
    [InlineData(8, 503, null, 69_120, 103_680, null)]
    [InlineData(0, 429, 120, 120, 120, null)]
    [InlineData(1, 503, 10, 240, 360, null)]
    [InlineData(0, 503, 1_000_000, 86_400, 86_400, null)]
    [InlineData(9, 500, null, 0, 0, "disabled")]
    [InlineData(0, 410, null, 0, 0, "ended")]
    public void It_is_waited_as_the_schedule_says_or_longer_where_the_receiver_asks_for_it(int attempts, int status, int? retryAfter, double least, double most, string? becomes)
    {
        foreach (var random in new[] { 0, 0.5, 1 })
        {
            var verdict = Verdict.On(new Answered(status, null, retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null), attempts, new WebhookSettings(null, false, 1), random);

            Assert.InRange(verdict.Wait.TotalSeconds, least, most);
            Assert.Equal(becomes, verdict.Status);
        }
    }
}
