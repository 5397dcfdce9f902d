using Disclosure.Contents;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Rules;

/// <summary>A report that says what another body's says is told so wherever it is judged, as long as the other is public.</summary>
public sealed class LikenessTests(Api api) : IClassFixture<Api>
{
    private const string Code = "DUP-003";
    private const string Name = "云州市桂山区文化和旅游局";

    private static readonly string _own = Samples.CodeOf(811);
    private static readonly string _other = Samples.CodeOf(812);

    [Fact]
    public async Task A_copy_is_found_in_drafts_validations_and_submissions_until_the_original_is_gone()
    {
        await api.RegisterAsync(_other);
        (await api.Registrar.PutAsync($"/v1/agencies/{_own}", Bodies.Agency(_own, name: Name), Headers.Create)).Expect(201);
        var life = new ReportLife(api, _own, 2023);
        var filing = Bodies.Written(new Filing(Name, 2023, Renamed(Samples.InItsWords(Samples.Whole(), _other)), Filing.NoReadings, [])).ToJsonString();

        Assert.Empty(Found(await ValidateAsync(filing)));
        var draft = (await life.FileAsync(Bodies.Json(filing))).Expect(201);
        Assert.Empty(Found(draft));

        var original = new ReportLife(api, _other, 2023);
        await original.PublishAsync((await original.FileAsync()).Expect(201));

        var told = Assert.Single(Found(await ValidateAsync(filing)));
        Assert.Equal(told, Assert.Single(Found(await life.Submitter.GetAsync($"{life.Address}/draft"))));
        (await life.ReviewSecrecyAsync(draft.Json["contentHash"]!.GetValue<string>())).Expect(201);
        Assert.Equal(told, Assert.Single(Found((await life.SubmitAsync()).ExpectProblem(422, "findings-stand"))));

        (await original.WithdrawAsync()).Expect(201);

        Assert.Empty(Found(await ValidateAsync(filing)));
        Assert.Empty(Found(await life.Submitter.GetAsync($"{life.Address}/draft")));
    }

    private async Task<Reply> ValidateAsync(string filing) => (await api.Anon.PostAsync("/v1/validations", Bodies.Json(filing))).Expect(200);

    private static List<string> Found(Reply reply)
    {
        Assert.DoesNotContain((reply.Json["notAssessed"]?.AsArray() ?? []).Select(rule => rule!["code"]!.GetValue<string>()), code => code == Code);
        return [.. reply.Json["findings"]!.AsArray().Where(finding => finding!["code"]!.GetValue<string>() == Code).Select(finding => finding!.ToJsonString())];
    }

    /// <summary>The same words under another body's name.</summary>
    private static ReportContent Renamed(ReportContent content) => content.Words.Keys.Aggregate(
        content, (all, path) => all.With(path, all.Word(path)?.Replace(Samples.AgencyName, Name, StringComparison.Ordinal)));
}
