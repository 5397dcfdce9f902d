using System.Text;

namespace DisclosureApi.Tests.Http;

/// <summary>Bodies that are no JSON, or no JSON that can be kept, at every door that takes JSON.</summary>
public sealed class BadJsonTests(Api api) : IClassFixture<Api>
{
    private static readonly Dictionary<string, byte[]> _unreadable = new(StringComparer.Ordinal)
    {
        ["nothing"] = [],
        ["blanks"] = BadRequests.Utf8(" \r\n\t "),
        ["half an object"] = BadRequests.Utf8("""{"note":"""),
        ["two values"] = BadRequests.Utf8("{} {}"),
        ["a comment"] = BadRequests.Utf8("{/* why */}"),
        ["a trailing comma"] = BadRequests.Utf8("""{"note":"a",}"""),
        ["single quotes"] = BadRequests.Utf8("{'note':'a'}"),
        ["no number"] = BadRequests.Utf8("""{"note":NaN}"""),
        ["a leading zero"] = BadRequests.Utf8("""{"year":02023}"""),
        ["a raw line break in a string"] = BadRequests.Utf8("{\"note\":\"a\nb\"}"),
        ["a raw NUL in a string"] = BadRequests.Utf8("{\"note\":\"a\0b\"}"),
        ["a raw NUL after the value"] = BadRequests.Utf8("{}\0"),
        ["a member twice"] = BadRequests.Utf8("""{"note":"a","note":"b"}"""),
        ["a member twice, once escaped"] = BadRequests.Utf8("""{"note":"a","n\u006fte":"b"}"""),
        ["a member twice far inside"] = BadRequests.Utf8("""{"content":{"tables":{"applications":{"received":{"total":1,"total":1}}}}}"""),
        ["a member twice in a list"] = BadRequests.Utf8("""{"comments":[{"text":"a","text":"a"}]}"""),
        ["lists 17 deep"] = BadRequests.Utf8(new string('[', 17) + new string(']', 17)),
        ["lists 100,000 deep"] = BadRequests.Utf8(new string('[', 100_000)),
        ["objects 100,000 deep"] = BadRequests.Utf8(string.Concat(Enumerable.Repeat("{\"a\":", 100_000))),
        ["a high surrogate alone"] = BadRequests.Utf8("""{"note":"\ud800"}"""),
        ["a low surrogate alone"] = BadRequests.Utf8("""{"note":"a\udc00b"}"""),
        ["surrogates the wrong way round"] = BadRequests.Utf8("""{"note":"\udc00\ud800"}"""),
        ["a lone surrogate in a member's name"] = BadRequests.Utf8("""{"a\ud800":1}"""),
        ["a lone surrogate far inside"] = BadRequests.Utf8("""{"comments":[{"text":"\uD83D"}]}"""),
        ["a byte that is never UTF-8"] = [.. BadRequests.Utf8("{\"note\":\""), 0xFF, .. BadRequests.Utf8("\"}")],
        ["an overlong NUL"] = [.. BadRequests.Utf8("{\"note\":\""), 0xC0, 0x80, .. BadRequests.Utf8("\"}")],
        ["a surrogate in raw bytes"] = [.. BadRequests.Utf8("{\"note\":\""), 0xED, 0xA0, 0x80, .. BadRequests.Utf8("\"}")],
        ["GBK"] = [.. BadRequests.Utf8("{\"note\":\""), 0xD6, 0xD0, 0xB9, 0xFA, .. BadRequests.Utf8("\"}")],
        ["UTF-16"] = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("{}")).ToArray(),
    };

    private static readonly Dictionary<string, string> _misshapen = new(StringComparer.Ordinal)
    {
        ["a list"] = "[]",
        ["a text"] = "\"{}\"",
        ["a number"] = "1",
        ["null"] = "null",
        ["an unknown member"] = """{"unknown":null}""",
        ["a member in another case"] = """{"NOTE":"a","Content":{},"Name":"a"}""",
        ["an unknown member with U+0000"] = """{"a\u0000b":1}""",
        ["an unknown member with every sign of a pointer"] = """{"~/\"\\":1}""",
        ["an unknown member of a whole page"] = $$"""{"{{new string('名', 10_000)}}":1}""",
        ["an escaped NUL"] = """{"note":"a\u0000b","agencyName":"\u0000","name":"\u0000","contentHash":"\u0000","comments":[{"text":"\u0000"}],"acknowledgements":[{"code":"\u0000"}]}""",
        ["a number where a text belongs"] = """{"note":7,"agencyName":7,"name":7,"contentHash":7,"decision":7,"acknowledgements":7,"publishedOn":7}""",
        ["a list where a text belongs"] = """{"note":[],"agencyName":[],"name":[],"contentHash":[],"decision":[],"acknowledgements":[[]],"publishedOn":[]}""",
    };

    public static MatrixTheoryData<string, string> Unreadable => new(Write.Json.Keys, _unreadable.Keys);

    public static MatrixTheoryData<string, string> Misshapen => new(Write.Json.Keys, _misshapen.Keys);

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task A_body_that_is_no_JSON_is_refused(string write, string body)
    {
        await api.PrepareAsync();
        await api.RefusedAsync(400, "invalid-json", () => api.SendAsync(Write.Json[write], BadRequests.Raw(_unreadable[body])));
    }

    [Theory]
    [MemberData(nameof(Misshapen))]
    public async Task A_body_of_another_shape_is_refused_with_pointers(string write, string body)
    {
        await api.PrepareAsync();
        var answer = await api.RefusedAsync(422, "invalid-body", () => api.SendAsync(Write.Json[write], BadRequests.Raw(BadRequests.Utf8(_misshapen[body]))));
        Assert.NotEmpty(answer.Json["errors"]!.AsArray());
        Assert.All(answer.Json["errors"]!.AsArray(), error => Assert.Matches("^(/|$)", error!["pointer"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("a draft")]
    [InlineData("a submission")]
    public async Task So_many_faults_that_nobody_would_read_them_are_not_all_told(string write)
    {
        await api.PrepareAsync();
        var members = string.Join(',', Enumerable.Range(0, 200_000).Select(i => $"\"{i}\":0"));
        var answer = await api.RefusedAsync(422, "invalid-body", () => api.SendAsync(Write.Json[write], BadRequests.Raw(BadRequests.Utf8($"{{{members}}}"))));
        Assert.InRange(answer.Json["errors"]!.AsArray().Count, 100, 1_000);
    }
}
