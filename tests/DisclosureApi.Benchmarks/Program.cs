using System.CommandLine;
using DisclosureApi.Benchmarks;
using DisclosureApi.Benchmarks.Appends;
using DisclosureApi.Benchmarks.Audit;
using DisclosureApi.Benchmarks.Bulk;
using DisclosureApi.Benchmarks.Core;
using DisclosureApi.Benchmarks.Hosts;
using DisclosureApi.Benchmarks.Likenesses;
using DisclosureApi.Benchmarks.Measuring;
using DisclosureApi.Benchmarks.Scale;

var parts = new Dictionary<string, Func<BenchmarkServer, Plan, Task<IReadOnlyList<Comparison>>>>(StringComparer.Ordinal)
{
    ["a"] = AppendsPart.MeasureAsync,
    ["b"] = DraftsPart.MeasureAsync,
    ["c"] = ReadsPart.MeasureAsync,
    ["d"] = DocumentsPart.MeasureAsync,
    ["e"] = RebuildPart.MeasureAsync,
    ["f"] = MemoryPart.MeasureAsync,
    ["g"] = AuditPart.MeasureAsync,
    ["h"] = LikenessPart.MeasureAsync,
    ["k"] = BulkPart.MeasureAsync,
    ["l"] = LedgerPart.MeasureAsync,
    ["p"] = ConversionsPart.MeasureAsync,
    ["s"] = ScalePart.MeasureAsync,
};
var only = new Option<string>("--only") { Description = "Letters of the parts to run, with commas between", DefaultValueFactory = _ => string.Join(',', parts.Keys) };
var seconds = new Option<double>("--seconds") { Description = "Length of one measurement", DefaultValueFactory = _ => 3 };
var rounds = new Option<int>("--rounds") { Description = "How often ours and the baseline take turns", DefaultValueFactory = _ => 5 };
var load = new Option<double>("--load") { Description = "Seconds under load before memory is looked at", DefaultValueFactory = _ => 60 };
var events = new Option<int>("--events") { Description = "Events in the store that part l is measured on", DefaultValueFactory = _ => 100_000 };
var reports = new Option<int>("--reports") { Description = "Reports in the store that part s is measured on, beside one of a tenth of them", DefaultValueFactory = _ => 20_000 };
var keep = new Option<string?>("--keep") { Description = "Folder whose databases stay for a next run, which then need not be filled again" };
var json = new Option<string?>("--json") { Description = "File that the results are written to as JSON" };
only.Validators.Add(result =>
{
    if (result.GetValueOrDefault<string>().Split(',').FirstOrDefault(part => !parts.ContainsKey(part)) is { } unknown)
    {
        result.AddError($"There is no part {unknown}; there are {string.Join(", ", parts.Keys)}.");
    }
});
var program = new RootCommand("Measures DisclosureApi against what the machine can do, in ratios from one run") { Options = { only, seconds, rounds, load, events, reports, keep, json } };
program.SetAction(async (parsed, cancellation) =>
{
    var plan = new Plan(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(load)), parsed.GetValue(events), parsed.GetValue(reports));
    await using var server = await BenchmarkServer.StartAsync(parsed.GetValue(keep));
    Console.Error.WriteLine($"PostgreSQL {await server.VersionAsync()}, {Environment.ProcessorCount} cores, {plan.Rounds} rounds of {plan.Each.TotalSeconds:0.#} s a side.");
    var results = new List<Comparison>();
    foreach (var part in parsed.GetValue(only)!.Split(','))
    {
        Console.Error.WriteLine($"Part {part} …");
        results.AddRange(await parts[part](server, plan));
    }
    Console.WriteLine(ResultTable.Text(results));
    if (parsed.GetValue(json) is { } file)
    {
        await File.WriteAllTextAsync(file, ResultTable.Json(results, plan), cancellation);
    }
});

// The bare handler of part (c) is this program in a process of its own.
var bytes = new Argument<int>("bytes");
var bare = new Command(BareHandler.Verb) { Hidden = true, Arguments = { bytes } };
bare.SetAction((parsed, _) => BareHandler.ServeAsync(parsed.GetValue(bytes)));
program.Subcommands.Add(bare);
return await program.Parse(args).InvokeAsync();
