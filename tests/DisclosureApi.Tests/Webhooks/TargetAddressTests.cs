using DisclosureApi.Access;

namespace DisclosureApi.Tests.Webhooks;

/// <summary>Which addresses can be subscribed at all.</summary>
public sealed class TargetAddressTests(Api api) : IClassFixture<Api>
{
    [Theory]
    [InlineData("http://receiver.example.org/")]
    [InlineData("ftp://receiver.example.org/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://93.184.215.14/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:169.254.169.254]/")]
    [InlineData("https://[2606:4700::1111]/")]
    [InlineData("https://localhost/")]
    [InlineData("https://localhost./")]
    [InlineData("https://receiver.example.org./")]
    [InlineData("https://127.0.0.1./")]
    [InlineData("https://metadata/")]
    [InlineData("https://metadata.google.internal/")]
    [InlineData("https://printer.local/")]
    [InlineData("https://user:word@receiver.example.org/")]
    [InlineData("https://receiver.example.org@169.254.169.254/")]
    [InlineData("https://receiver.example.org\\\\@169.254.169.254/")]
    [InlineData("https://receiver.example.org:22/")]
    [InlineData("https://receiver.example.org:0/")]
    [InlineData("https://receiver.example.org/#part")]
    [InlineData("https://１２７.0.0.1/")]
    [InlineData("https://receiver。example。org/")]
    [InlineData("//receiver.example.org/")]
    [InlineData("receiver.example.org")]
    [InlineData("https:///path")]
    [InlineData("")]
    public async Task An_address_that_is_no_public_name_is_refused(string url)
    {
        var refused = (await api.As(Role.Subscriber, []).PostAsync("/v1/webhooks", Bodies.Json($$"""{"url":"{{url}}"}"""))).ExpectProblem(422, "invalid-body");

        Assert.All(refused.Json["errors"]!.AsArray(), error => Assert.Equal("/url", error!["pointer"]!.ToString()));
    }

    [Theory]
    [InlineData("https://receiver.example.org", "https://receiver.example.org/")]
    [InlineData("HTTPS://Receiver.Example.ORG:443/a?b=%E4%BA%91", "https://receiver.example.org/a?b=%E4%BA%91")]
    [InlineData("https://xn--fiqs8s.example.cn:8443/", "https://xn--fiqs8s.example.cn:8443/")]
    public async Task A_public_name_is_taken_whether_it_is_known_yet_or_not(string url, string kept) => Assert.Equal(
        kept, (await api.As(Role.Subscriber, []).PostAsync("/v1/webhooks", Bodies.Json(new { url }))).Expect(201).Json["url"]!.ToString());
}
