using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DisclosureApi.Http;

namespace DisclosureApi.Tests.Contract;

/// <summary>What every operation owes its readers.</summary>
public sealed partial class OperationTests(ContractHost host)
{
    [Fact]
    public void Every_operation_says_what_it_is_who_may_come_in_and_what_it_answers()
    {
        foreach (var (path, method, operation) in host.Operations)
        {
            var name = $"{method} {path}";
            Assert.True(VerbNoun().IsMatch(operation["operationId"]!.ToString()), name);
            Assert.False(string.IsNullOrWhiteSpace(operation["summary"]?.ToString()), name);
            Assert.False(string.IsNullOrWhiteSpace(operation["description"]?.ToString()), name);
            Assert.NotNull(operation["security"]);
            Assert.Contains("500", Statuses(operation));
            Assert.Contains("503", Statuses(operation));
            Assert.Equal(operation["security"]!.AsArray().Count > 0, Statuses(operation).Contains("401"));
            Assert.Equal(operation["security"]!.AsArray().Count > 0, Statuses(operation).Contains("403"));
        }
    }

    [Fact]
    public void Every_operation_has_a_name_of_its_own() =>
        Assert.Distinct(host.Operations.Select(entry => entry.Operation["operationId"]!.ToString()), StringComparer.Ordinal);

    [Fact]
    public void Every_answer_has_a_schema_or_no_body()
    {
        foreach (var (path, method, operation) in host.Operations)
        {
            foreach (var (status, response) in (JsonObject)operation["responses"]!)
            {
                var answer = Resolved(response!);
                var isBare = status is "204" or "304";
                Assert.False(string.IsNullOrWhiteSpace(answer["description"]?.ToString()), $"{method} {path} {status}");
                Assert.Equal(isBare, answer["content"] is null);
                Assert.All(answer["content"] as JsonObject ?? [], content => Assert.NotNull(content.Value!["schema"]));
                Assert.True(status[0] < '4' || answer["content"]!["application/problem+json"] is not null, $"{method} {path} {status}");
            }
        }
    }

    [Fact]
    public void Every_reference_leads_somewhere_and_nothing_lies_about_unused()
    {
        var references = References(host.Document).ToHashSet(StringComparer.Ordinal);
        Assert.All(references, reference => SchemaCheck.Resolve(host.Document, reference));
        var parts = from room in (JsonObject)host.Document["components"]!
                    where room.Key != "securitySchemes"
                    from part in (JsonObject)room.Value!
                    select $"#/components/{room.Key}/{part.Key}";
        Assert.Empty(parts.Except(references, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_tag_is_described_and_the_document_knows_no_host()
    {
        var tags = host.Document["tags"]!.AsArray().Select(tag => tag!["name"]!.ToString()).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(tags, host.Operations.SelectMany(entry => entry.Operation["tags"]!.AsArray()).Select(tag => tag!.ToString()).ToHashSet(StringComparer.Ordinal));
        Assert.Equal("/", host.Document["servers"]!.AsArray().Single()!["url"]!.ToString());
        Assert.DoesNotContain("127.0.0.1", host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("localhost", host.Text, StringComparison.Ordinal);
    }

    /// <summary>The kind that no operation names comes before an operation is found.</summary>
    [Fact]
    public void Every_kind_of_problem_is_told_where_it_can_come()
    {
        string[] elsewhere = ["method-not-allowed"];
        var told = host.Operations.SelectMany(entry => (JsonObject)entry.Operation["responses"]!)
            .SelectMany(response => Resolved(response.Value!)["x-problem-types"] as JsonArray ?? [])
            .Select(type => type!.ToString()["/problems/".Length..])
            .ToHashSet(StringComparer.Ordinal);
        Assert.Equal(ProblemTypes.All.Select(type => type.Code).Except(elsewhere, StringComparer.Ordinal).Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Statuses(JsonObject operation) => ((JsonObject)operation["responses"]!).Select(response => response.Key);

    private JsonNode Resolved(JsonNode node) => node["$ref"] is { } reference ? SchemaCheck.Resolve(host.Document, reference.ToString()) : node;

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member =>
            member is { Key: "$ref", Value: { } reference } ? [reference.ToString()] : References(member.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    [GeneratedRegex("^[a-z]+(_[a-z]+)+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VerbNoun();
}
