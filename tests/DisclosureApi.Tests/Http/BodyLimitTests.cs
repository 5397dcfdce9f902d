using System.Net;

namespace DisclosureApi.Tests.Http;

/// <summary>Bodies that are too large are told so, and the client hears it.</summary>
public sealed class BodyLimitTests(Api api) : IClassFixture<Api>
{
    private const int TenMegabytes = 10 * 1024 * 1024;

    public static MatrixTheoryData<string, bool> Writes => new([.. Write.Json.Keys, "a conversion"], [false, true]);

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_body_of_ten_megabytes_is_refused_with_the_limit(string name, bool chunked)
    {
        await api.PrepareAsync();
        var write = name == "a conversion" ? Write.Conversion : Write.Json[name];
        var type = name == "a conversion" ? "text/plain" : "application/json";
        var answer = await api.RefusedAsync(413, "body-too-large", () => api.SendAsync(write, Large(type, chunked)));
        Assert.Equal(4 * 1024 * 1024, answer.Json["limit"]!.GetValue<int>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_document_in_place_of_a_filing_has_the_same_limit(bool chunked)
    {
        await api.PrepareAsync();
        await api.RefusedAsync(413, "body-too-large", () => api.SendAsync(Write.Json["a draft"], Large("text/plain", chunked)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_may_not_come_in_hears_that_instead(bool chunked)
    {
        await api.PrepareAsync();
        var write = Write.Json["a draft"];
        await api.RefusedAsync(401, "unauthenticated", () => api.Anon.SendAsync(write.Method, write.Path, Large("application/json", chunked), write.Headers));
        await api.RefusedAsync(403, "forbidden", () => api.Archivist.SendAsync(write.Method, write.Path, Large("application/json", chunked), write.Headers));
        await api.RefusedAsync(415, "unsupported-media-type", () => api.SendAsync(write, Large("application/msword", chunked)));
    }

    [Fact]
    public async Task A_body_just_within_the_limit_is_read()
    {
        await api.PrepareAsync();
        var body = $$"""{"unknown":"{{new string('x', 4 * 1024 * 1024 - 14)}}"}""";
        await api.RefusedAsync(422, "invalid-body", () => api.SendAsync(Write.Json["a draft"], Bodies.Json(body)));
        await api.RefusedAsync(413, "body-too-large", () => api.SendAsync(Write.Json["a draft"], Bodies.Json(body + " ")));
    }

    private static HttpContent Large(string type, bool chunked)
    {
        var bytes = new byte[TenMegabytes];
        Array.Fill(bytes, (byte)' ');
        HttpContent content = chunked ? new Chunked(bytes) : new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    /// <summary>A body that does not say beforehand how long it is.</summary>
    private sealed class Chunked(byte[] bytes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var at = 0; at < bytes.Length; at += 64 * 1024)
            {
                await stream.WriteAsync(bytes.AsMemory(at, 64 * 1024));
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
