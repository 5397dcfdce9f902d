using System.Text.Json.Nodes;
using DisclosureApi.Operations;
using DisclosureApi.Reports.Rechecks;
using DisclosureApi.Reports.Redaction;
using DisclosureApi.Statistics;
using DisclosureApi.Store;
using DisclosureApi.Store.Following;
using DisclosureApi.Webhooks.Delivering;
using Npgsql;

namespace DisclosureApi.Tests.Store;

/// <summary>
/// What is asked of large tables is looked up by an index: a store has millions of events. Where not every role may see every row, the
/// database checks that first, and uses no comparison to find rows that might tell of those it hides: putting texts together or reading numbers out of them.
/// </summary>
public sealed class PlansTests(Api api) : IClassFixture<Api>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task Where_removed_words_stood() => FindsAllByIndexAsync(api.Database.Serving, ChangeReader.Select, 0L, 1_000_000L, Change.Types.Keys.ToArray(), 200);

    [Fact]
    public Task Whether_a_person_is_at_work_on_a_report() => FindsAllByIndexAsync(api.Database.Serving, HeldPersons.AtWork, "p_1");

    [Fact]
    public Task Which_reports_are_to_be_checked_again() => FindsAllByIndexAsync(api.Database.Serving, RechecksAfterCorrections.Due, 0L, 100);

    [Fact]
    public async Task Whether_another_report_came_as_the_same_document()
    {
        // What a function does stands in no plan of its caller's, so its own statement is asked for.
        var body = await api.Database.ScalarAsync<string>("select prosrc from pg_proc where proname = 'disclosure_is_held'");
        await FindsAllByIndexAsync(api.Database.Owner, body.Replace("= document\n", "= $1\n", StringComparison.Ordinal), "e3b0");
    }

    [Fact]
    public Task How_far_the_ledger_is_behind() => FindsAllByIndexAsync(api.Database.Serving, StoreState.Question);

    [Fact]
    public Task What_ran_out_of_the_answers_that_are_kept() => FindsAllByAgeAsync("idempotency", IdempotencyCleaning.Removal, TimeSpan.FromDays(1), 100);

    [Fact]
    public Task Which_deliveries_are_forgotten() => FindsAllByAgeAsync("webhook_deliveries", Outcomes.Removal, TimeSpan.FromDays(1), 100);

    [Fact]
    public async Task Rulings_lead_to_their_bodies_and_not_the_other_way()
    {
        var nodes = await PlanAsync(api.Database.Serving, DueCounts.RuledOf(areChosen: true, isOfPlace: false), 1L, "", ":", DBNull.Value, new[] { "x" });
        var bodies = nodes.Where(node => node["Relation Name"]?.ToString() == "bodies").ToList();
        Assert.NotEmpty(bodies);
        Assert.All(bodies, node => Assert.Contains("(agency)::text = ", node["Index Cond"]?.ToString(), StringComparison.Ordinal));
    }

    private static Task FindsAllByIndexAsync(string role, string sql, params object[] values) => FindsAllInAsync("mt_events", ["Index Cond"], role, sql, values);

    /// <summary>Rows that are removed are looked up by age, by way of a bitmap where it pays, and then by where they lie.</summary>
    private Task FindsAllByAgeAsync(string table, string sql, params object[] values) =>
        FindsAllInAsync(table, ["Index Cond", "Recheck Cond", "TID Cond"], api.Database.Serving, sql, values);

    private static async Task FindsAllInAsync(string table, string[] conditions, string role, string sql, params object[] values)
    {
        var nodes = (await PlanAsync(role, sql, values)).Where(node => node["Relation Name"]?.ToString() == table && node["Node Type"]?.ToString() != "ModifyTable").ToList();
        Assert.NotEmpty(nodes);
        Assert.All(nodes, node => Assert.True(conditions.Any(condition => node[condition] is not null), $"{node}"));
    }

    /// <summary>Few rows are read all at once whatever there is of indexes, so ways to do that are switched off.</summary>
    private static async Task<IReadOnlyList<JsonNode>> PlanAsync(string role, string sql, params object[] values)
    {
        await using var database = NpgsqlDataSource.Create(role);
        await using var connection = await database.OpenConnectionAsync(Cancellation);
        await using (var settings = new NpgsqlCommand("set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set enable_material = off", connection))
        {
            await settings.ExecuteNonQueryAsync(Cancellation);
        }
        await using var command = new NpgsqlCommand($"explain (format json) {sql}", connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }
        return [.. Nodes(JsonNode.Parse((string)(await command.ExecuteScalarAsync(Cancellation))!)![0]!["Plan"]!)];
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode plan) => (plan["Plans"]?.AsArray() ?? []).SelectMany(below => Nodes(below!)).Prepend(plan);
}
