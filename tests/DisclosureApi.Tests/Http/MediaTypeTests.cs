using System.Text;
using Disclosure.Tests;
using DisclosureApi.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DisclosureApi.Tests.Http;

/// <summary>Bodies under a media type or an encoding that is not read there, and documents that are no report.</summary>
public sealed class MediaTypeTests(Api api) : IClassFixture<Api>
{
    private static readonly string?[] _wrong =
    [
        null, "", "text/rtf", "application/xml", "application/octet-stream", "application/msword", "application/merge-patch+json", "application/jsonp",
        "multipart/form-data; boundary=x", "application", "/", "application/json/x", "*/*", "application/*",
    ];

    private static readonly Dictionary<string, byte[]> _noReports = new(StringComparer.Ordinal)
    {
        ["nothing"] = [],
        ["a byte order mark"] = [0xEF, 0xBB, 0xBF],
        ["JSON"] = BadRequests.Utf8("{}"),
        ["a greeting"] = BadRequests.Utf8("您好\n"),
        ["tabs"] = BadRequests.Utf8(new string('\t', 1_000_000)),
        ["line breaks"] = BadRequests.Utf8(new string('\n', 4_000_000)),
        ["one long line of digits"] = BadRequests.Utf8(new string('7', 4_000_000)),
        ["one long line of Chinese"] = BadRequests.Utf8(new string('公', 1_000_000)),
        ["control characters"] = BadRequests.Utf8(string.Concat(Enumerable.Range(1, 31).Select(i => (char)i))),
    };

    private static readonly Dictionary<string, byte[]> _noText = new(StringComparer.Ordinal)
    {
        ["UTF-16 with half a character"] = [0xFF, 0xFE, 0x00, 0xD8, 0x41],
        ["a NUL"] = [.. BadRequests.Utf8("年度报告"), 0],
        ["UTF-16 without its mark"] = Encoding.Unicode.GetBytes("abc"),
        ["a byte that is never UTF-8"] = [0xFF],
        ["GBK"] = [0xD6, 0xD0, 0xB9, 0xFA],
        ["a surrogate in raw bytes"] = [0xED, 0xA0, 0x80],
        ["a PDF"] = [.. BadRequests.Utf8("%PDF-1.7\n%"), 0xE2, 0xE3, 0xCF, 0xD3],
    };

    public static MatrixTheoryData<string, string?> Wrong => new([.. Write.Json.Keys, "a conversion"], _wrong);

    public static MatrixTheoryData<string, string> NoReports => new(["a first draft", "a conversion"], _noReports.Keys);

    public static MatrixTheoryData<string, string> NoText => new(["a first draft", "a conversion"], _noText.Keys);

    public static TheoryData<string> Writes => [.. Write.Json.Keys, "a conversion"];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Another_media_type_is_refused_with_those_that_are_taken(string write, string? type)
    {
        await api.PrepareAsync();
        var answer = await api.RefusedAsync(415, "unsupported-media-type", () => api.SendAsync(Find(write), BadRequests.Raw(BadRequests.Utf8("{}"), type)));
        var documents = api.Services.GetRequiredService<DocumentReaders>().Installed;
        string[] supported = write switch
        {
            "a conversion" => [.. documents],
            "a draft" or "a first draft" => ["application/json", .. documents],
            _ => ["application/json"],
        };
        Assert.Equal(supported, answer.Json["supported"]!.AsArray().Select(type => type!.GetValue<string>()));
        Assert.Equal(string.Join(", ", supported), answer.Header("Accept"));
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Another_encoding_is_refused_and_never_guessed(string write)
    {
        await api.PrepareAsync();
        // JSON is UTF-8 and nothing else (RFC 8259); documents come in the encodings that Chinese offices write.
        var (type, foreign) = write == "a conversion"
            ? ("text/plain", (string[])["big5", "iso-2022-cn", "utf-7", "none"])
            : ("application/json", ["gbk", "GB18030", "\"gb2312\"", "iso-8859-1", "utf-7"]);
        foreach (var charset in foreign)
        {
            var answer = await api.RefusedAsync(415, "unsupported-media-type",
                () => api.SendAsync(Find(write), BadRequests.Raw(BadRequests.Utf8("{}"), $"{type}; charset={charset}")));
            Assert.Equal("utf-8", answer.Json["supported"]![0]!.GetValue<string>());
        }
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_compressed_body_is_refused_as_such(string write)
    {
        await api.PrepareAsync();
        var body = BadRequests.Raw([0x1F, 0x8B, 0x08], write == "a conversion" ? "text/plain" : "application/json");
        body.Headers.ContentEncoding.Add("gzip");
        var answer = await api.RefusedAsync(415, "unsupported-media-type", () => api.SendAsync(Find(write), body));
        Assert.Equal("identity", answer.Header("Accept-Encoding"));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("APPLICATION/JSON; Charset=\"UTF-8\"")]
    [InlineData("application/json;charset=utf-8;profile=x")]
    public async Task JSON_in_UTF_8_is_JSON_however_it_is_spelt(string type) =>
        (await api.Anon.PostAsync("/v1/validations", BadRequests.Raw(BadRequests.Utf8("""{"year":2023}"""), type))).Expect(200);

    [Theory]
    [MemberData(nameof(NoReports))]
    public async Task A_text_that_is_no_report_is_refused_with_the_reason(string write, string text)
    {
        await api.PrepareAsync();
        await api.RefusedAsync(422, "not-a-report", () => api.SendAsync(Find(write), BadRequests.Raw(_noReports[text], "text/plain")));
    }

    [Theory]
    [MemberData(nameof(NoText))]
    public async Task Bytes_that_are_no_text_are_refused(string write, string bytes)
    {
        await api.PrepareAsync();
        await api.RefusedAsync(422, "unreadable-document", () => api.SendAsync(Find(write), BadRequests.Raw(_noText[bytes], "text/plain")));
    }

    [Fact]
    public async Task JSON_sent_as_text_is_a_document_and_no_filing()
    {
        await api.PrepareAsync();
        await api.RefusedAsync(422, "not-a-report", () => api.SendAsync(Find("a draft"), Bodies.Text(Bodies.Written(Samples.Filing()).ToJsonString())));
    }

    private static Write Find(string write) => write == "a conversion" ? Write.Conversion : Write.Json[write];
}
