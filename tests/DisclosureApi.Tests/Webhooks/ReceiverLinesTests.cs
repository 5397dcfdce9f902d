using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Disclosure.Tests;
using DisclosureApi.Store.Local;

namespace DisclosureApi.Tests.Webhooks;

/// <summary>The lines with which the README has a receiver verify tell what comes from here from what does not.</summary>
public sealed partial class ReceiverLinesTests(TestServer server)
{
    [Fact]
    public async Task The_README_s_lines_take_what_is_delivered_and_nothing_that_was_changed()
    {
        Assert.SkipUnless(Command.Find("python3") is not null, "The lines are Python.");
        await using var hooked = await Hooked.StartAsync(server);
        await using var receiver = await Receiver.StartAsync();
        var webhook = await hooked.SubscribeAsync(receiver);
        await hooked.HappenAsync();
        var received = (await receiver.UntilAsync(1))[0];
        var headers = received.Headers.Where(header => header.Key.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase)).ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value);
        byte[] changed = [.. received.Body[..^1], (byte)' ', (byte)'}'];
        var late = new Dictionary<string, string>(headers) { ["webhook-timestamp"] = "1706256000" };

        Assert.Equal("True", await IsGenuineAsync(webhook.Secret(), headers, received.Body));
        Assert.Equal("False", await IsGenuineAsync(webhook.Secret(), headers, changed));
        Assert.Equal("False", await IsGenuineAsync(webhook.Secret(), late, received.Body));
        Assert.Equal("False", await IsGenuineAsync($"whsec_{Convert.ToBase64String(new byte[32])}", headers, received.Body));
    }

    private static async Task<string> IsGenuineAsync(string secret, Dictionary<string, string> headers, byte[] body)
    {
        var lines = Lines().Match(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"), TestContext.Current.CancellationToken)).Groups["lines"].Value;
        var program = $"import base64, hmac, json, sys, time\n{lines}\nprint(is_genuine(sys.argv[1], json.loads(sys.argv[2]), base64.b64decode(sys.argv[3])))";
        using var python = Process.Start(new ProcessStartInfo("python3", ["-c", program, secret, JsonSerializer.Serialize(headers), Convert.ToBase64String(body)]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);
        return said.Trim();
    }

    [GeneratedRegex("```python\n(?<lines>.*?)```", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Lines();
}
