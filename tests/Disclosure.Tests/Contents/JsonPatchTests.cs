using System.Text.Json.Nodes;
using Disclosure.Contents;
using FsCheck;
using FsCheck.Fluent;

namespace Disclosure.Tests.Contents;

public class JsonPatchTests
{
    [Fact]
    public void A_patch_turns_any_document_into_any_other() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Pairs.ToArbitrary(), pair =>
            JsonNode.DeepEquals(PatchedDocument.Apply(Read(pair.Item1), JsonPatch.Between(Read(pair.Item1), Read(pair.Item2))), Read(pair.Item2))));

    [Fact]
    public void Nothing_is_done_where_nothing_differs() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Pairs.ToArbitrary(), pair => JsonPatch.Between(Read(pair.Item1), Read(pair.Item1)).Count == 0));

    [Fact]
    public void Names_with_slashes_and_tildes_are_escaped() =>
        Assert.Equal(
            """[{"op":"replace","path":"/a~1b/~0c","value":2}]""",
            JsonPatch.Between(Read("""{"a/b":{"~c":1}}"""), Read("""{"a/b":{"~c":2}}""")).ToJsonString());

    private static JsonNode? Read(string json) => JsonNode.Parse(json);

    /// <summary>Few names and few values, so that two documents have much in common.</summary>
    private static Gen<Tuple<string, string>> Pairs { get; } = from first in Document(3) from second in Document(3) select Tuple.Create(first, second);

    private static Gen<string> Document(int depth)
    {
        var scalar = Gen.Elements("null", "1", "2", "2.50", "true", "\"\"", "\"文\"");
        if (depth == 0)
        {
            return scalar;
        }
        var name = Gen.Elements("a", "b", "a/b", "~", "~1", "");
        var members = from names in name.ListOf() from values in Document(depth - 1).ListOf(8)
                      select $"{{{string.Join(',', names.Distinct().Take(6).Select((each, i) => $"\"{each}\":{values[i]}"))}}}";
        var items = from count in Gen.Choose(0, 4) from values in Document(depth - 1).ListOf(count) select $"[{string.Join(',', values)}]";
        return Gen.OneOf(scalar, members, members, items);
    }
}
