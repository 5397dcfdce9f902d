using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Disclosure.Rules;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Rules;

/// <summary>openapi/rules-v1.json is the rule book as it is served; it is held against the code from both sides.</summary>
public sealed class CommittedContractOfRulesTests(Api api) : IClassFixture<Api>
{
    private const string Rewrite = "DISCLOSURE_WRITE_CONTRACT=1 dotnet test tests/DisclosureApi.Tests --filter CommittedContract";

    private static readonly string _path = Path.Combine(Repository.Root, "openapi", "rules-v1.json");
    private static readonly JsonSerializerOptions _pretty = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_committed_catalogue_is_the_one_that_is_served()
    {
        var served = (await api.Anon.GetAsync("/v1/rules")).Expect(200).Json;
        served["sets"] = new JsonObject(await Task.WhenAll(RuleSet.All.Select(async set =>
            KeyValuePair.Create(set.Version, (JsonNode?)(await api.Anon.GetAsync($"/v1/rulesets/{set.Version}")).Expect(200).Json.DeepClone()))));
        var text = served.ToJsonString(_pretty) + "\n";
        if (Environment.GetEnvironmentVariable("DISCLOSURE_WRITE_CONTRACT") == "1")
        {
            await File.WriteAllTextAsync(_path, text, new UTF8Encoding(false), TestContext.Current.CancellationToken);
        }
        Assert.True(File.Exists(_path) && await File.ReadAllTextAsync(_path, TestContext.Current.CancellationToken) == text, $"openapi/rules-v1.json differs from what is served; if that is meant: {Rewrite}");
    }

    [Fact]
    public async Task Every_committed_rule_is_in_the_code_and_every_rule_of_the_code_is_committed()
    {
        var committed = JsonNode.Parse(await File.ReadAllTextAsync(_path, TestContext.Current.CancellationToken))!;

        Assert.Equal(RuleBook.Rules.Select(rule => rule.Code), committed["rules"]!.AsArray().Select(rule => rule!["code"]!.GetValue<string>()));
        Assert.Equal(
            RuleSet.All.Select(set => string.Join(' ', set.Severities.Keys.Order(StringComparer.Ordinal))),
            committed["sets"]!.AsObject().Select(set => string.Join(' ', set.Value!["rules"]!.AsArray().Select(rule => rule!["code"]!.GetValue<string>()).Order(StringComparer.Ordinal))));
    }

    [Fact]
    public async Task A_finding_leads_to_its_rule_and_its_rule_set()
    {
        var filing = Bodies.Written(Samples.Filing() with { Content = Samples.Whole().With(new Disclosure.Formats.CellAddress("disputes", "litigation", "total"), 999) });
        var answer = (await api.Anon.PostAsync("/v1/validations", Bodies.Json(filing.ToJsonString()))).Expect(200).Json;
        var finding = answer["findings"]!.AsArray().Single(known => known!["code"]!.GetValue<string>() == "T4-001")!;

        var rule = (await api.Anon.GetAsync("/v1/rules/T4-001")).Expect(200).Json;
        var set = (await api.Anon.GetAsync($"/v1/rulesets/{answer["ruleSet"]!.GetValue<string>()}")).Expect(200).Json;

        Assert.Equal(finding["basis"]!.GetValue<string>(), rule["basis"]!.GetValue<string>());
        Assert.Contains(set["rules"]!.AsArray(), known => known!["code"]!.GetValue<string>() == "T4-001" && known["severity"]!.GetValue<string>() == "error");
        (await api.Anon.GetAsync("/v1/rules/T4-999")).ExpectProblem(404, "not-found");
        (await api.Anon.GetAsync("/v1/rulesets/1999.1")).ExpectProblem(404, "not-found");
    }
}
