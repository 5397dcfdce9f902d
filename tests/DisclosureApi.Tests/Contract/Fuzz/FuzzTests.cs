using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureApi.Tests.Contract.Walk;

namespace DisclosureApi.Tests.Contract.Fuzz;

/// <summary>
/// Whatever strangers send: requests made from the contract and spoilt in one to three ways, as bytes on the wire, over all
/// operations. DISCLOSURE_FUZZ says how many for each operation, DISCLOSURE_FUZZ_MINUTES when to stop at the latest.
/// What the host holds is looked at in this process, so no other test runs beside this one.
/// </summary>
[Collection(nameof(Alone))]
public sealed class FuzzTests(Api api, ITestOutputHelper output) : IClassFixture<Api>
{
    private const int Workers = 3;
    private const int MostThrown = 20;
    private const long MostGrowth = 100 * 1024 * 1024;
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(5);

    /// <summary>What the server says to what is no request at all, before the application sees it: without a body.</summary>
    private static readonly int[] _noRequest = [400, 408, 411, 413, 414, 431, 505];

    private static readonly string[] _internals = ["Exception", "   at ", "Npgsql", "Microsoft.", "mt_events", "/src/", "password="];

    private readonly ConcurrentDictionary<string, string> _faults = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, int> _statuses = new();
    private readonly ConcurrentQueue<string> _thrown = new();
    private int _lost;
    private long _slowest;

    [Fact]
    public async Task Whatever_is_sent_is_answered_soon_as_the_contract_says_and_never_with_a_fault_of_ours()
    {
        using var hearing = Thrown.Hear(thrown =>
        {
            if (_thrown.Count < MostThrown && !_thrown.Contains($"{thrown}"))
            {
                _thrown.Enqueue($"{thrown}");
            }
        });
        using var http = new HttpClient();
        var served = (JsonObject)JsonNode.Parse(await http.GetStringAsync(new Uri(api.Url, "/openapi/v1.json"), TestContext.Current.CancellationToken))!;
        var operations = Operation.All(served).ToList();
        var (began, until) = (TimeProvider.System.GetTimestamp(), TimeSpan.FromMinutes(Scale.FuzzMinutes));
        await RoundsAsync(operations, Math.Max(1, Scale.Fuzz / 10), 1, began, until);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await RoundsAsync(operations, Scale.Fuzz, 2, began, until);

        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        var statuses = string.Join(", ", _statuses.OrderBy(entry => entry.Key).Select(entry => $"{entry.Value} × {entry.Key}"));
        output.WriteLine($"{_statuses.Values.Sum():N0} requests over {operations.Count} operations in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:N0} s, seed {Scale.Seed}: {statuses}; "
            + $"{_lost:N0} closed without an answer; slowest {TimeSpan.FromTicks(_slowest).TotalMilliseconds:N0} ms; memory {growth / 1024 / 1024:+#;-#;0} MB");
        Assert.True(_faults.IsEmpty, $"DISCLOSURE_SEED={Scale.Seed}\n{string.Join('\n', _faults.Take(20).Select(fault => $"{fault.Key}\n    {fault.Value}"))}\n{string.Join('\n', _thrown)}");
        Assert.True(growth < MostGrowth, $"The host holds {growth:N0} bytes more than before.");
        (await api.Anon.GetAsync("/health/ready")).Expect(200);
    }

    /// <summary>Every operation so many times, the operations in turn, so that a run that ends early has tried all alike.</summary>
    private Task RoundsAsync(List<Operation> operations, int rounds, int part, long began, TimeSpan until) => Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
    {
        var random = new Random(Scale.Seed ^ (part * 7919) ^ worker);
        var (stage, malice) = (new Stage(api), new Malice(random));
        using var wire = new Wire(api.Url);
        var makers = operations.Select(operation => (Operation: operation, Maker: new RequestMaker(operation, stage, random), States: Stage.StatesFor(operation))).ToList();
        for (var round = worker; round < rounds && TimeProvider.System.GetElapsedTime(began) < until; round += Workers)
        {
            foreach (var (operation, maker, states) in makers)
            {
                var subject = await stage.SubjectAsync(states[random.Next(states.Count)]);
                var shot = Shot.Of(maker.Make(subject));
                malice.Spoil(shot);
                if (await TryAsync(wire, operation, shot) is >= 200 and < 300 && shot.Method is not ("GET" or "HEAD"))
                {
                    stage.UseUp(subject);
                }
            }
        }
    })));

    private async Task<int> TryAsync(Wire wire, Operation operation, Shot shot)
    {
        Echo? echo;
        try
        {
            echo = await wire.SendAsync(shot);
        }
        catch (OperationCanceledException)
        {
            wire.Dispose();
            Note(operation, "is not answered within a minute", shot);
            return 0;
        }
        if (echo is null)
        {
            Interlocked.Increment(ref _lost);
            return 0;
        }
        _statuses.AddOrUpdate(echo.Status, 1, (_, count) => count + 1);
        if (Fault(echo) is { } fault)
        {
            Note(operation, $"{echo.Status}: {fault}", shot);
        }
        // A machine may be busy for once; what is slow twice is slow.
        if (echo.Took > _longest && await wire.SendAsync(shot) is { } again && again.Took > _longest)
        {
            Note(operation, $"{echo.Status} took {again.Took.TotalSeconds:N1} s", shot);
        }
        _slowest = Math.Max(_slowest, echo.Took.Ticks);
        return echo.Status;
    }

    private static string? Fault(Echo echo)
    {
        var isOurs = echo.Headers.ContainsKey("X-Content-Type-Options");
        if (!isOurs)
        {
            return _noRequest.Contains(echo.Status) && echo.Body.Length == 0 ? null : "an answer that did not come from the application";
        }
        if (echo.Status < 400)
        {
            return null;
        }
        if (echo.Headers.GetValueOrDefault("Content-Type") != "application/problem+json")
        {
            return "an error that is no problem";
        }
        if (echo.Status >= 500 && (echo.Status != 503 || !echo.Headers.ContainsKey("Retry-After")))
        {
            return Encoding.UTF8.GetString(echo.Body);
        }
        return echo.Body.Length == 0 ? null : OfProblem(echo);
    }

    private static string? OfProblem(Echo echo)
    {
        try
        {
            var problem = JsonNode.Parse(echo.Body)!;
            var text = problem["detail"]?.ToString() ?? "";
            return problem["status"]?.GetValue<int>() != echo.Status ? "a problem of another status"
                : _internals.FirstOrDefault(word => text.Contains(word, StringComparison.Ordinal)) is { } inside ? $"a problem that tells of {inside}"
                : null;
        }
        catch (JsonException)
        {
            return "a problem that is no JSON";
        }
    }

    private void Note(Operation operation, string fault, Shot shot) => _faults.TryAdd($"{operation.Id} {fault}", shot.ToString());
}

/// <summary>Tests that measure what the whole process shares.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
