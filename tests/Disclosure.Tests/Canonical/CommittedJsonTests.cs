using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Disclosure.Canonical;

namespace Disclosure.Tests.Canonical;

public class CommittedJsonTests
{
    private static readonly CommittedText _text = new("办公室\n电话 010-1234", "00112233445566778899aabbccddeeff");

    [Theory]
    [InlineData("""{"b":1,"a":[true,null,"x\u0041"],"ab":{"z":1e2,"é":-0,"€":7730.280}}""")]
    [InlineData("""{"long":1,"b":2,"10":3,"9":4}""")]
    [InlineData("\"\\u000f\\n\\\"\\\\ 笑 \\ud83d\\ude02\"")]
    [InlineData("[123456789012345,1234567890123456,0.1,-7,-0.0,12345.60]")]
    public void Without_texts_it_is_the_canonical_form(string json) =>
        Assert.Equal(Encoding.UTF8.GetString(CanonicalJson.Bytes(JsonNode.Parse(json))), Encoding.UTF8.GetString(CommittedJson.Bytes(Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void A_text_its_commitment_and_what_is_left_of_it_have_one_form()
    {
        var json = new JsonObject { ["reason"] = JsonSerializer.SerializeToNode(_text, JsonSerializerOptions.Web), ["n"] = 3 };
        var removed = new JsonObject { ["reason"] = JsonSerializer.SerializeToNode(new CommittedText("□", null) { Removed = _text.Commitment }, JsonSerializerOptions.Web), ["n"] = 3 };
        ((JsonObject)json["reason"]!).Remove("commitment");
        ((JsonObject)removed["reason"]!).Remove("salt");
        var closed = new JsonObject { ["reason"] = new JsonObject { ["commitment"] = _text.Commitment }, ["n"] = 3 };

        var expected = $$"""{"n":3,"reason":"{{_text.Commitment}}"}""";

        Assert.All([json, removed, closed], node => Assert.Equal(expected, Encoding.UTF8.GetString(CommittedJson.Bytes(Encoding.UTF8.GetBytes(node.ToJsonString())))));
    }

    [Theory]
    [InlineData("""{"text":"x","salt":"short"}""")]
    [InlineData("""{"text":1,"salt":"00112233445566778899aabbccddeeff"}""")]
    [InlineData("""{"text":"x","salt":"00112233445566778899aabbccddeeff","more":1}""")]
    [InlineData("""{"text":"x"}""")]
    public void What_only_looks_like_a_text_is_left_as_it_is(string json) =>
        Assert.Equal(Encoding.UTF8.GetString(CanonicalJson.Bytes(JsonNode.Parse(json))), Encoding.UTF8.GetString(CommittedJson.Bytes(Encoding.UTF8.GetBytes(json))));

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("1 2")]
    [InlineData("{")]
    public void What_could_be_read_in_two_ways_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => CommittedJson.Bytes(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_commitment_cannot_smuggle_members_in() =>
        Assert.Equal("""{"a":"x\",\"b\":\"y"}""", Encoding.UTF8.GetString(CommittedJson.Bytes("""{"a":{"commitment":"x\",\"b\":\"y"}}"""u8)));
}
