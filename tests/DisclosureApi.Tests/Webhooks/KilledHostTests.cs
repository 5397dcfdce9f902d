using System.Text.Json.Nodes;
using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Tests.Host;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Webhooks;

/// <summary>A host that is killed amid deliveries leaves everything to the next one.</summary>
public sealed class KilledHostTests(TestServer server)
{
    private const int Changes = 40;

    [Fact]
    public async Task What_a_killed_host_had_not_delivered_the_next_one_delivers_in_its_order()
    {
        using var directory = new TemporaryDataDirectory();
        var database = await server.CreateDatabaseAsync($"killed_{Guid.NewGuid():N}");
        await using var receiver = await Receiver.StartAsync();
        string[] settings = [$"--ConnectionStrings:Disclosure={database.Serving}", "--Webhooks:LocalTargets=true"];
        var codes = new List<string>();
        JsonNode webhook;
        using (var first = await HostProcess.ServeAsync(directory.Path, settings))
        {
            var registrar = first.As(HostProcess.Token(directory.Path, Role.Registrar));
            for (var i = 0; i < Changes; i++)
            {
                codes.Add(Samples.CodeOf(310_000 + i));
                (await registrar.PutAsync($"/v1/agencies/{codes[^1]}", Bodies.Agency(codes[^1], name: $"云州市第{i}局"), Headers.Create)).Expect(201);
            }
            receiver.Answer = (_, context) => Task.Delay(20, context.RequestAborted);
            webhook = (await first.As(HostProcess.Token(directory.Path, Role.Subscriber)).PostAsync("/v1/webhooks", Bodies.Json(new { url = receiver.Url, after = 0 }))).Expect(201).Json;
            await receiver.UntilAsync(Changes / 4);
            await first.SignalAsync("KILL");
            await first.ExitAsync();
        }
        Assert.True(receiver.All.Count < Changes, "The host was killed too late to leave anything.");

        using var second = await HostProcess.ServeAsync(directory.Path, settings);
        var received = await receiver.UntilAsync(all => all.Select(one => one.Id).Distinct().Count() == Changes);

        Assert.Equal(codes, received.DistinctBy(one => one.Id).Select(one => one.Agency));
        // What was under way when the host was killed may have come twice, under one id; nothing else.
        Assert.InRange(received.Count, Changes, Changes + 1);
        Assert.All(received, one => Assert.True(one.IsSignedWith(webhook.Secret())));
        await second.SignalAsync("TERM");
        Assert.Equal(0, await second.ExitAsync());
    }
}
