using System.Text.Json.Nodes;

namespace DisclosureApi.Tests.Contract;

/// <summary>openapi/disclosure-v1.json is what clients are built on: it says what the host says, to the byte.</summary>
public sealed class CommittedContractTests(ContractHost host)
{
    private const string Rewrite = "DISCLOSURE_WRITE_CONTRACT=1 dotnet test tests/DisclosureApi.Tests --filter CommittedContractTests";

    [Fact]
    public async Task The_committed_contract_is_the_one_that_is_served()
    {
        var path = Path.Combine(Repository(), "openapi", "disclosure-v1.json");
        if (Environment.GetEnvironmentVariable("DISCLOSURE_WRITE_CONTRACT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, host.Text, TestContext.Current.CancellationToken);
        }
        var committed = File.Exists(path) ? await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken) : "{}";
        if (committed != host.Text)
        {
            Assert.Fail(Told(ContractChanges.Between((JsonObject)JsonNode.Parse(committed)!, host.Document)));
        }
    }

    [Theory]
    [InlineData("content")]
    [InlineData("filing")]
    [InlineData("agency")]
    public async Task The_committed_schemas_are_those_that_are_served(string name)
    {
        var path = Path.Combine(Repository(), "openapi", "schemas", $"{name}.schema.json");
        var served = await host.Client.GetStringAsync(new Uri($"/v1/schemas/{name}", UriKind.Relative), TestContext.Current.CancellationToken);
        if (Environment.GetEnvironmentVariable("DISCLOSURE_WRITE_CONTRACT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, served, TestContext.Current.CancellationToken);
        }
        Assert.True(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken) == served, $"openapi/schemas/{name}.schema.json differs from what the host serves. If the change is meant: {Rewrite}");
        Assert.DoesNotContain("#/components/", served, StringComparison.Ordinal);
    }

    private static string Told(IReadOnlyList<ContractChange> changes)
    {
        var breaking = changes.Where(change => change.IsBreaking).Select(change => change.What).ToList();
        var adding = changes.Where(change => !change.IsBreaking).Select(change => change.What).ToList();
        return
            $"""
            openapi/disclosure-v1.json differs from what the host serves.
            Breaks clients ({breaking.Count}), which within v1 must not happen:
            {Lines(breaking)}
            Only adds, or says it better ({adding.Count}):
            {Lines(adding)}
            If the change is meant: {Rewrite}
            """;
    }

    private static string Lines(List<string> changes) => changes.Count == 0 ? "  nothing" : string.Join('\n', changes.Select(change => $"  {change}"));

    private static string Repository()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "DisclosureApi.sln")))
        {
            directory = directory.Parent;
        }
        return directory.FullName;
    }
}
