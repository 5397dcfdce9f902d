using System.IO.Compression;
using System.Security.Cryptography;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Http;

/// <summary>What anyone may read can be read by any program, on any page, in few bytes, and checked.</summary>
public sealed class OpenReadingTests(Api api) : IClassFixture<Api>
{
    private const string Report = $"/v1/agencies/{Samples.Agency}/reports/2023";

    public static TheoryData<string> Readable => [Report, $"{Report}/revisions/1", "/v1/formats", "/v1/rules", "/openapi/v1.json", "/problems"];

    [Theory]
    [MemberData(nameof(Readable))]
    public async Task Each_coding_is_the_same_text_with_an_ETag_and_a_digest_of_its_own_bytes(string address)
    {
        await PublishAsync();
        var plain = await GetAsync(address, "identity");
        var (brotli, gzip) = (await GetAsync(address, "gzip, br"), await GetAsync(address, "gzip"));

        Assert.Equal((null, "br", "gzip"), (plain.Coding, brotli.Coding, gzip.Coding));
        Assert.Equal(plain.Bytes, Decoded(new BrotliStream(new MemoryStream(brotli.Bytes), CompressionMode.Decompress)));
        Assert.Equal(plain.Bytes, Decoded(new GZipStream(new MemoryStream(gzip.Bytes), CompressionMode.Decompress)));
        Assert.True(brotli.Bytes.Length < plain.Bytes.Length * 3 / 4);
        Assert.Distinct([plain.ETag, brotli.ETag, gzip.ETag], StringComparer.Ordinal);
        foreach (var coded in (Coded[])[plain, brotli, gzip])
        {
            Assert.Equal($"sha-256=:{Convert.ToBase64String(SHA256.HashData(coded.Bytes))}:", coded.Digest);
            Assert.Contains("Accept-Encoding", coded.Vary);
        }
    }

    [Theory]
    [InlineData("gzip;q=1, br;q=0.5", "gzip")]
    [InlineData("br;q=0, *", "gzip")]
    [InlineData("*", "br")]
    [InlineData("identity, gzip;q=0.5", null)]
    [InlineData("br;q=0, gzip;q=0", null)]
    [InlineData("zstd", null)]
    [InlineData("", null)]
    [InlineData(";;,", null)]
    public async Task The_coding_is_the_one_that_the_reader_likes_best(string accepted, string? coding) =>
        Assert.Equal(coding, (await GetAsync("/v1/rules", accepted)).Coding);

    [Fact]
    public async Task A_reader_hears_that_its_coding_still_holds_and_not_that_another_does()
    {
        await PublishAsync();
        var (plain, brotli) = (await GetAsync(Report, "identity"), await GetAsync(Report, "br"));

        var same = await api.Anon.GetAsync(Report, ("Accept-Encoding", "br"), ("If-None-Match", brotli.ETag));
        Assert.Equal((304, "", brotli.ETag), (same.Status, same.Text, same.ETag));
        Assert.Contains("Accept-Encoding", same.Header("Vary"));
        Assert.Equal("public, no-cache", same.Header("Cache-Control"));
        (await api.Anon.GetAsync(Report, ("Accept-Encoding", "br"), ("If-None-Match", plain.ETag))).Expect(200);
    }

    [Fact]
    public async Task Pages_of_other_sites_may_read_what_anyone_may_and_nothing_else()
    {
        await PublishAsync();
        foreach (var address in (string[])[Report, "/v1/agencies", "/v1/nothing"])
        {
            var answer = await api.Anon.GetAsync(address, ("Origin", "https://example.org"));
            Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
            Assert.Contains("ETag", answer.Header("Access-Control-Expose-Headers"));
        }
        var draft = await api.Submitter.GetAsync($"{Report}/draft", ("Origin", "https://example.org"));
        Assert.Null(draft.Header("Access-Control-Allow-Origin"));
        Assert.Null((await api.Anon.PostAsync("/v1/validations", Bodies.Json("{"))).Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task OPTIONS_tells_the_methods_of_every_address_and_lets_other_sites_only_read()
    {
        await PublishAsync();
        foreach (var route in Access.Doors.All.Keys.GroupBy(door => door.Split(' ')[1], door => door.Split(' ')[0], StringComparer.Ordinal))
        {
            var answer = (await api.Anon.SendAsync(HttpMethod.Options, Access.Doors.Path(route.Key, Samples.Agency, 2023), null,
                ("Origin", "https://example.org"), ("Access-Control-Request-Method", "GET"))).Expect(204);
            Assert.Equal(route.Append("OPTIONS").Order(StringComparer.Ordinal), answer.Header("Allow")!.Split(", ").Order(StringComparer.Ordinal));
            Assert.Equal(route.Contains("GET") ? "GET, HEAD" : null, answer.Header("Access-Control-Allow-Methods"));
            Assert.DoesNotContain("Authorization", answer.Header("Access-Control-Allow-Headers") ?? "", StringComparison.OrdinalIgnoreCase);
        }
        (await api.Anon.SendAsync(HttpMethod.Options, "/v1/nothing", null)).ExpectProblem(404, "not-found");
    }

    private static byte[] Decoded(Stream coded)
    {
        using var plain = new MemoryStream();
        using (coded)
        {
            coded.CopyTo(plain);
        }
        return plain.ToArray();
    }

    private async Task<Coded> GetAsync(string address, string accepted)
    {
        using var http = new HttpClient { BaseAddress = api.Url };
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)answer.StatusCode);
        return new(
            await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), answer.Headers.ETag!.ToString(), answer.Content.Headers.ContentEncoding.SingleOrDefault(),
            answer.Headers.GetValues("Repr-Digest").Single(), answer.Headers.Vary.ToString());
    }

    private Task PublishAsync() => api.OnceAsync(async () =>
    {
        var life = await api.ReportAsync(2023);
        await life.PublishAsync((await life.FileAsync()).Expect(201));
    });

    private sealed record Coded(byte[] Bytes, string ETag, string? Coding, string Digest, string Vary);
}
