using System.Text.Json.Nodes;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Contract.Walk;

/// <summary>
/// The host does what its contract says: for every operation right and wrong requests are made from the document that is
/// served, and every answer is held against it. DISCLOSURE_CASES says how many, DISCLOSURE_SEED which.
/// </summary>
public sealed class ConformanceWalkTests(Api api, ITestOutputHelper output) : IClassFixture<Api>
{
    /// <summary>Operations that no request made from the contract alone can bring to do something, and why.</summary>
    private static readonly Dictionary<string, string> _silent = new(StringComparer.Ordinal)
    {
    };

    public static TheoryData<string> Operations =>
        [.. Operation.All((JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "openapi", "disclosure-v1.json")))!).Select(operation => operation.Id)];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Every_answer_of_an_operation_is_one_that_the_contract_tells(string id)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var served = (JsonObject)JsonNode.Parse(await http.GetStringAsync(new Uri(api.Url, "/openapi/v1.json"), TestContext.Current.CancellationToken))!;
        var operation = Operation.All(served).Single(found => found.Id == id);
        var walk = new OperationWalk(operation, new Stage(api), http, api.Url, new Random(HashCode(id) ^ Scale.Seed));
        await walk.WalkAsync(Scale.Cases);
        output.WriteLine($"DISCLOSURE_SEED={Scale.Seed} {walk.Told}\n{string.Join('\n', walk.Doubts)}");

        Assert.True(!walk.Faults.Any(), $"DISCLOSURE_SEED={Scale.Seed} DISCLOSURE_CASES={Scale.Cases}\n{string.Join('\n', walk.Faults.Take(20))}\n{walk.Told}");
        Assert.True(walk.HasSucceeded || _silent.ContainsKey(id), $"No request to {id} was carried out: give it a state in Stage or a body in Doors. {walk.Told}");
    }

    /// <summary>The same in every run, unlike the framework's own.</summary>
    private static int HashCode(string text) => text.Aggregate(17, (hash, c) => unchecked((hash * 31) + c));
}
