using System.Globalization;
using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Http;

/// <summary>One who asks too much is told to wait, and takes nothing from the others.</summary>
public sealed class RateLimitTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task An_address_without_a_token_is_told_what_is_left_and_then_to_wait()
    {
        // One request comes back every half minute, longer than this test takes.
        var host = await api.AnotherHostAsync("--RateLimits:Address=2");
        var anon = api.Of(null, host);

        var first = (await anon.GetAsync("/v1/rules")).Expect(200);
        Assert.Equal(("\"address\";r=1", "\"address\";q=2;w=60"), (first.Header("RateLimit"), first.Header("RateLimit-Policy")));
        Assert.Equal("\"address\";r=0", (await anon.GetAsync("/v1/nothing")).ExpectProblem(404, "not-found").Header("RateLimit"));
        var refused = (await anon.GetAsync("/v1/rules")).ExpectProblem(429, "too-many-requests");
        Assert.Equal(("\"address\";r=0", "address"), (refused.Header("RateLimit"), refused.Json["policy"]!.GetValue<string>()));
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 60);

        (await api.Of(api.Submitter.Token, host).GetAsync("/v1/rules")).Expect(200);
    }

    [Fact]
    public async Task Applications_and_agencies_have_limits_of_their_own()
    {
        var host = await api.AnotherHostAsync("--RateLimits:Client=4", "--RateLimits:Agency=2");
        var (mine, others) = (api.Of(api.Submitter.Token, host), api.Of(api.As(Role.Submitter, [Samples.OtherAgency]).Token, host));

        (await mine.GetAsync("/v1/rules")).Expect(200);
        Assert.Equal("\"client\";r=2, \"agency\";r=0", (await mine.GetAsync("/v1/rules")).Expect(200).Header("RateLimit"));
        Assert.Equal("agency", (await mine.GetAsync("/v1/rules")).ExpectProblem(429, "too-many-requests").Json["policy"]!.GetValue<string>());
        (await others.GetAsync("/v1/rules")).Expect(200);
        Assert.Equal("client", (await others.GetAsync("/v1/rules")).ExpectProblem(429, "too-many-requests").Json["policy"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_is_left_is_told_on_a_fault_too() =>
        Assert.NotNull((await api.Anon.PostAsync("/v1/validations", Bodies.Json("{"))).ExpectProblem(400, "invalid-json").Header("RateLimit"));

    [Theory]
    [InlineData("0")]
    [InlineData("many")]
    public void A_limit_that_is_none_stops_the_start(string limit) =>
        Assert.Contains("RateLimits:Client", Assert.Throws<InvalidOperationException>(() => Settings.Read([$"--RateLimits:Client={limit}"])).Message);
}
