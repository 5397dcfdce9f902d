using System.Text.Json.Nodes;

namespace DisclosureApi.Tests.Contract;

/// <summary>The test of the committed contract tells what breaks clients from what only adds; here it is told on small contracts.</summary>
public sealed class ContractChangesTests
{
    private const string Before =
        """
        {
          "paths": { "/a": { "get": {
            "summary": "A", "parameters": [ { "name": "If-Match", "in": "header" } ],
            "responses": { "200": { "description": "It" }, "404": {} } }, "put": {} } },
          "components": { "parameters": { "Key": { "name": "Key", "in": "query", "required": true } }, "schemas": { "A": { "type": "object", "required": ["x"], "properties": {
            "x": { "type": ["string", "null"], "maxLength": 10 }, "y": { "type": "string", "enum": ["a", "b"] } } } } }
        }
        """;

    [Theory]
    [InlineData("\"put\": {}", "\"post\": {}", "removed /paths//a/put")]
    [InlineData(", \"404\": {}", "", "removed /paths//a/get/responses/404")]
    [InlineData("\"y\": {", "\"z\": {", "removed /components/schemas/A/properties/y")]
    [InlineData("[\"string\", \"null\"]", "\"string\"", "changed /components/schemas/A/properties/x/type")]
    [InlineData("[\"string\", \"null\"]", "[\"string\"]", "removed \"null\" from /components/schemas/A/properties/x/type")]
    [InlineData("[\"x\"]", "[\"x\", \"y\"]", "added \"y\" to /components/schemas/A/required")]
    [InlineData("\"maxLength\": 10", "\"maxLength\": 9", "changed /components/schemas/A/properties/x/maxLength")]
    [InlineData("[\"a\", \"b\"]", "[\"a\"]", "removed \"b\" from /components/schemas/A/properties/y/enum")]
    [InlineData("\"in\": \"header\"", "\"in\": \"header\", \"required\": true", "added /paths//a/get/parameters/header If-Match/required")]
    [InlineData("[ { \"name\"", "[ { \"$ref\": \"#/components/parameters/Key\" }, { \"name\"", "added /paths//a/get/parameters")]
    public void What_takes_away_or_asks_more_breaks(string from, string to, string told) =>
        Assert.Contains(Between(from, to), change => change.IsBreaking && change.What.StartsWith(told, StringComparison.Ordinal));

    [Theory]
    [InlineData("\"put\": {}", "\"put\": {}, \"post\": {}")]
    [InlineData("\"404\": {}", "\"404\": {}, \"409\": {}")]
    [InlineData("\"summary\": \"A\"", "\"summary\": \"B\"")]
    [InlineData("\"description\": \"It\"", "\"description\": \"That\"")]
    [InlineData("\"y\": {", "\"z\": { \"type\": \"string\" }, \"y\": {")]
    [InlineData("\"maxLength\": 10", "\"maxLength\": 11")]
    [InlineData(", \"maxLength\": 10", "")]
    [InlineData("[\"a\", \"b\"]", "[\"b\", \"a\", \"c\"]")]
    [InlineData("\"Key\": {", "\"Other\": { \"name\": \"Other\", \"in\": \"header\", \"required\": true }, \"Key\": {")]
    public void What_adds_or_says_better_does_not(string from, string to)
    {
        var changes = Between(from, to);
        Assert.NotEmpty(changes);
        Assert.DoesNotContain(changes, change => change.IsBreaking);
    }

    private static IReadOnlyList<ContractChange> Between(string from, string to)
    {
        Assert.Contains(from, Before, StringComparison.Ordinal);
        return ContractChanges.Between((JsonObject)JsonNode.Parse(Before)!, (JsonObject)JsonNode.Parse(Before.Replace(from, to, StringComparison.Ordinal))!);
    }
}
