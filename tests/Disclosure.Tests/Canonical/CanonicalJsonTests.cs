using System.Text;
using System.Text.Json.Nodes;
using Disclosure.Canonical;
using FsCheck;
using FsCheck.Fluent;

namespace Disclosure.Tests.Canonical;

public class CanonicalJsonTests
{
    // The number samples of RFC 8785, appendix B.
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Numbers_are_printed_as_ECMAScript_prints_them(ulong bits, string expected) =>
        Assert.Equal(expected, CanonicalJson.Number(BitConverter.UInt64BitsToDouble(bits)));

    [Fact]
    public void Members_are_sorted_by_code_units_and_only_what_must_be_is_escaped()
    {
        var node = JsonNode.Parse("""{"b":[1,true,null,"\u20ac$\u000F\nA'\u0042\"\\"],"a":{"z":1e2,"\ud83d\ude02":"笑","é":-0}}""");

        var canonical = Encoding.UTF8.GetString(CanonicalJson.Bytes(node));

        Assert.Equal("{\"a\":{\"z\":100,\"é\":0,\"😂\":\"笑\"},\"b\":[1,true,null,\"€$\\u000f\\nA'B\\\"\\\\\"]}", canonical);
    }

    [Fact]
    public void Canonical_text_reads_back_as_the_same_values_and_is_its_own_canonical_form()
    {
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Values.ToArbitrary(), node =>
        {
            var once = CanonicalJson.Bytes(node);
            return CanonicalJson.Bytes(JsonNode.Parse(once)).AsSpan().SequenceEqual(once)
                && JsonNode.DeepEquals(JsonNode.Parse(once), JsonNode.Parse(node!.ToJsonString()));
        }));
    }

    private static Gen<JsonNode?> Values { get; } = Gen.Sized(size => Value(Math.Min(size, 4)));

    private static Gen<JsonNode?> Value(int depth)
    {
        var text = ArbMap.Default.GeneratorFor<NonNull<string>>().Select(value => Keep(value.Get));
        Gen<JsonNode?> scalar = Gen.OneOf(
            text.Select(value => (JsonNode?)JsonValue.Create(value)),
            ArbMap.Default.GeneratorFor<int>().Select(value => (JsonNode?)JsonValue.Create(value)),
            ArbMap.Default.GeneratorFor<bool>().Select(value => (JsonNode?)JsonValue.Create(value)));
        return depth <= 0
            ? scalar
            : Gen.OneOf(
                scalar,
                Value(depth - 1).ListOf(3).Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
                text.Zip(Value(depth - 1)).ListOf(3).Select(members =>
                    (JsonNode?)new JsonObject(members.DistinctBy(member => member.Item1).Select(member => KeyValuePair.Create(member.Item1, member.Item2?.DeepClone())))));
    }

    /// <summary>Lone surrogates are no text; the door refuses them.</summary>
    private static string Keep(string value) => new([.. value.Where(c => !char.IsSurrogate(c))]);
}
