using System.Text.RegularExpressions;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Host;

/// <summary>What openapi/SECURITY.md says is proved, is proved by tests that there are.</summary>
public sealed partial class SecurityDocumentTests
{
    private static readonly string[] _risks = ["API1", "API2", "API3", "API4", "API5", "API6", "API7", "API8", "API9", "API10"];

    [Fact]
    public void Every_risk_has_a_row_and_every_row_a_test_that_exists()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "openapi", "SECURITY.md")).Where(line => line.StartsWith("| API", StringComparison.Ordinal)).ToList();
        var sources = Directory.GetFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText, StringComparer.Ordinal);

        Assert.All(_risks, risk => Assert.Contains(rows, row => row.StartsWith($"| {risk} ", StringComparison.Ordinal)));
        Assert.All(rows, row =>
        {
            var named = Named().Matches(row.Split('|')[3]);
            Assert.NotEmpty(named);
            Assert.All(named, test => Assert.Contains(sources[test.Groups["class"].Value], text => text.Contains($" {test.Groups["test"].Value}(", StringComparison.Ordinal)));
        });
    }

    [GeneratedRegex("`(?<class>[A-Z][A-Za-z0-9]+)\\.(?<test>[A-Z][A-Za-z0-9_]+)`", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Named();
}
