using System.Text.Json.Nodes;
using Disclosure.Formats;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Documents;

/// <summary>Documents as agencies publish them, from the file to the public report. Real ones are tried too where they stand beside the repository.</summary>
public sealed class DocumentLifeTests(Api api) : IClassFixture<Api>
{
    [Theory]
    [InlineData("000_776bc07f49bcfc1e")]
    [InlineData("001_cc9cd4f8a2d4b62c")]
    [InlineData("003_64b6bf2fc080a2fe")]
    [InlineData("tab-rows")]
    [InlineData("cell-lines-split-headers")]
    public async Task A_clean_document_is_filed_reviewed_published_and_read_back_with_the_same_words(string name)
    {
        var (text, converted) = await ConvertAsync(name);
        var life = await LifeAsync(name, converted);

        var draft = (await life.FileAsync(Bodies.Text(text))).Expect(201);

        Assert.Empty(Errors(draft.Json));
        Assert.True(JsonNode.DeepEquals(converted["content"], draft.Json["content"]));
        Assert.True(JsonNode.DeepEquals(converted["readings"], draft.Json["readings"]));
        await life.PublishAsync(draft);
        Assert.True(JsonNode.DeepEquals(converted["content"], (await api.Anon.GetAsync(life.Address)).Expect(200).Json["content"]));
    }

    [Theory]
    [InlineData("002_2897d85dfebffe02", "STR-005")]
    [InlineData("004_c479c1e69f6e14a9", "STR-008")]
    [InlineData("cell-lines-2019-form", "STR-005")]
    [InlineData("cell-lines-mixed-forms", "STR-008")]
    public async Task A_document_on_the_wrong_form_is_refused_with_the_reasons_corrected_and_then_published(string name, string code)
    {
        var (text, converted) = await ConvertAsync(name);
        var life = await LifeAsync(name, converted);
        var draft = (await life.FileAsync(Bodies.Text(text))).Expect(201);

        var refused = (await life.SubmitAsync()).ExpectProblem(422, "findings-stand");
        Assert.Equal([code], Errors(refused.Json));

        var corrected = (await life.Submitter.PutAsync($"{life.Address}/draft", Bodies.Json(OnTheFormInForce(converted).ToJsonString()), Headers.Match(draft.ETag))).Expect(200);
        Assert.Empty(Errors(corrected.Json));
        await life.PublishAsync(corrected);
        Assert.Equal(0, (await api.Anon.GetAsync(life.Address)).Expect(200).Json["content"]!["tables"]!["applications"]!["otherHandling.feeUnpaid"]!["total"]!.GetValue<int>());
    }

    private static IEnumerable<string> Errors(JsonNode answer) =>
        answer["findings"]!.AsArray().Where(finding => finding!["severity"]!.GetValue<string>() == "error").Select(finding => finding!["code"]!.GetValue<string>());

    /// <summary>What the civil servant does: the same words, the tables on the form of 2021, nothing carried over that it does not have.</summary>
    private static JsonNode OnTheFormInForce(JsonNode converted)
    {
        var tables = new JsonObject();
        foreach (var cell in Format2021.Value.Tables.SelectMany(table => table.Cells))
        {
            var table = tables[cell.Address.Table] ??= new JsonObject();
            var row = table[cell.Address.Row] ??= new JsonObject();
            row[cell.Address.Column] = 0;
        }
        var filing = converted.DeepClone();
        filing["content"]!["tables"] = tables;
        filing["content"]!["forms"] = new JsonObject { ["proactive"] = "2021", ["applications"] = "2021", ["disputes"] = "2021" };
        filing["content"]!["source"] = null;
        filing["readings"] = null;
        filing["notes"] = null;
        return filing;
    }

    private async Task<(string Text, JsonNode Filing)> ConvertAsync(string name)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(FolderOf(name), $"{name}.txt"), TestContext.Current.CancellationToken);
        return (text, (await api.Anon.PostAsync("/v1/conversions", Bodies.Text(text))).Expect(200).Json);
    }

    /// <summary>Real documents are named by number; made-up ones, with every layout and with figures that are not zero, by what they are like.</summary>
    private static string FolderOf(string name) =>
        char.IsAsciiDigit(name[0]) ? Repository.Shared("seeds") : Path.Combine(Repository.Root, "tests", "Disclosure.Tests", "Documents", "Fixtures");

    /// <summary>Each document belongs to a made-up agency of its own, so that the tests do not meet.</summary>
    private Task<ReportLife> LifeAsync(string name, JsonNode filing) => api.ReportAsync(filing["year"]!.GetValue<int>(), Samples.CodeOf(100 + name.Sum(c => c)));
}
