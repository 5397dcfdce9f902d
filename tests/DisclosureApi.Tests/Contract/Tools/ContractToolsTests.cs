using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Contract.Tools;

/// <summary>The committed contract as strangers' tools read it: two linters, a strict client, and a validator between client and host.</summary>
public sealed partial class ContractToolsTests(NodeTools tools, Api api) : IClassFixture<NodeTools>, IClassFixture<Api>
{
    private const string Contract = "../../openapi/disclosure-v1.json";

    [Fact]
    public async Task Spectral_has_no_error_to_tell()
    {
        Assert.SkipWhen(tools.Lacking is not null, tools.Lacking ?? "");
        var (code, told) = await NodeTools.RunToolAsync("spectral", "lint", Contract, "--ruleset", "spectral.yaml", "--fail-severity", "error");
        Assert.True(code == 0, told);
    }

    [Fact]
    public async Task Redocly_has_no_error_to_tell()
    {
        Assert.SkipWhen(tools.Lacking is not null, tools.Lacking ?? "");
        var (code, told) = await NodeTools.RunToolAsync("redocly", "lint", Contract, "--config", "redocly.yaml");
        Assert.True(code == 0, told);
    }

    [Fact]
    public async Task A_strict_client_made_of_the_contract_carries_out_the_tour_alone_and_before_a_validator()
    {
        Assert.SkipWhen(tools.Lacking is not null, tools.Lacking ?? "");
        Expect(await NodeTools.RunToolAsync("openapi-typescript", Contract, "--output", "api.d.ts"));
        Expect(await NodeTools.RunToolAsync("tsc", "--project", "."));

        Expect(await TourAsync(api.Url.GetLeftPart(UriPartial.Authority), Samples.CodeOf(61_001)));

        var port = FreePort();
        using var validator = NodeTools.Start(
            Path.Combine(NodeTools.Directory, "node_modules", ".bin", "prism"),
            ["proxy", Contract, api.Url.GetLeftPart(UriPartial.Authority), "--errors", "--host", "127.0.0.1", "--port", $"{port}"], []);
        try
        {
            await ListeningAsync(validator);
            Expect(await TourAsync($"http://127.0.0.1:{port}", Samples.CodeOf(61_002)));
        }
        finally
        {
            validator.Kill(entireProcessTree: true);
        }
    }

    /// <summary>A lock file that named the registry it was made with would send everyone there.</summary>
    [Fact]
    public void The_tools_are_pinned_and_name_no_registry()
    {
        var package = JsonNode.Parse(File.ReadAllText(Path.Combine(NodeTools.Directory, "package.json")))!;
        var locked = JsonNode.Parse(File.ReadAllText(Path.Combine(NodeTools.Directory, "package-lock.json")))!;
        Assert.Null(package["dependencies"]);
        Assert.All(package["devDependencies"]!.AsObject(), tool => Assert.Matches(Pinned(), tool.Value!.ToString()));
        Assert.All(package["devDependencies"]!.AsObject(), tool =>
            Assert.Equal(tool.Value!.ToString(), locked["packages"]![$"node_modules/{tool.Key}"]!["version"]!.ToString()));
        Assert.All(locked["packages"]!.AsObject(), entry => Assert.Null(entry.Value!["resolved"]));
    }

    private static void Expect((int Code, string Told) end) => Assert.True(end.Code == 0, end.Told);

    private Task<(int Code, string Told)> TourAsync(string url, string agency) => NodeTools.RunAsync("node", ["built/tour.js"],
    [
        ("DISCLOSURE_API", url),
        ("DISCLOSURE_DOCUMENT", Document(agency)),
        ("DISCLOSURE_AGENCY", agency),
        ("DISCLOSURE_OFFICE", Samples.Office),
        ("DISCLOSURE_TOKEN_REGISTRAR", api.Registrar.Token!),
        ("DISCLOSURE_TOKEN_SUBMITTER", api.As(Role.Submitter, [agency]).Token!),
        ("DISCLOSURE_TOKEN_SECRECY_REVIEWER", api.As(Role.SecrecyReviewer, [agency]).Token!),
        ("DISCLOSURE_TOKEN_REVIEWER", api.Reviewer.Token!),
    ]);

    /// <summary>The example in the words of this body, in a file beside what the tools make.</summary>
    private static string Document(string agency)
    {
        var file = Path.Combine(NodeTools.Directory, "built", $"{agency}.txt");
        File.WriteAllText(file, Samples.InItsWords(File.ReadAllText(Path.Combine(Repository.Root, "openapi", "examples", "report-2023.txt")), agency));
        return file;
    }

    private static async Task ListeningAsync(Process validator)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await validator.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Contains("listening", StringComparison.Ordinal))
            {
                // What it tells of each request is read on, or it would wait for a reader.
                _ = validator.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return;
            }
        }
        Assert.Fail(await validator.StandardError.ReadToEndAsync(patience.Token));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("^[0-9]+\\.[0-9]+\\.[0-9]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pinned();
}
