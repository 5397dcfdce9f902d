using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Access;

/// <summary>Nobody learns from an answer whether a stranger has a draft, or whether a body is in the register at all.</summary>
public sealed class ForeignDraftTests(Api api) : IClassFixture<Api>
{
    private const string Unregistered = "11990102000004060J";
    private const string Moved = "1199010200000305X4";
    private const int WithDraft = 2023;
    private const int WithoutDraft = 2024;

    public static TheoryData<string> DraftDoors => [.. Doors.All.Where(door => door.Value.Stranger == 404 && door.Key.Contains("/reports/", StringComparison.Ordinal)).Select(door => door.Key)];

    public static TheoryData<string> Precondition => ["", "If-Match: \"1\"", "If-Match: *", "If-None-Match: *", "If-Match: \"999\""];

    [Theory]
    [MemberData(nameof(DraftDoors))]
    public async Task A_strangers_draft_answers_with_the_same_bytes_as_no_draft(string name)
    {
        await DraftAsync();
        var (method, route) = (name.Split(' ')[0], name.Split(' ')[1]);
        foreach (var caller in Doors.All[name].Opens.Select(role => api.As(role, [Samples.OtherAgency])))
        {
            foreach (string precondition in Precondition)
            {
                foreach (var body in (string[])[Doors.Json(route), "{}", "{", """{"unknown":1}"""])
                {
                    var draft = await AskAsync(caller, method, Doors.Path(route, Samples.Agency, WithDraft), body, precondition);
                    var none = await AskAsync(caller, method, Doors.Path(route, Samples.Agency, WithoutDraft), body, precondition);
                    var nobody = await AskAsync(caller, method, Doors.Path(route, Unregistered, WithDraft), body, precondition);
                    Assert.Equal(none, draft);
                    Assert.Equal(none, nobody);
                }
            }
        }
    }

    [Fact]
    public async Task The_reviewing_office_reads_a_draft_from_submission_on_and_not_after_its_return()
    {
        var (draft, hash) = await DraftAsync();
        var report = draft[..^"/draft".Length];
        var nothing = (await api.Reviewer.GetAsync(Doors.Path("/v1/agencies/{code}/reports/{year:int}/draft", Samples.Agency, WithoutDraft))).Everything;
        Assert.Equal(nothing, (await api.Reviewer.GetAsync(draft)).Everything);

        await api.SecrecyReviewer.PostAsync($"{report}/secrecy-review", Bodies.Json(new { contentHash = hash, passed = true }));
        Assert.Equal(nothing, (await api.Reviewer.GetAsync(draft)).Everything);
        (await api.Submitter.PostAsync($"{report}/submission", Bodies.Empty)).Expect(201);
        (await api.Reviewer.GetAsync(draft)).Expect(200);

        (await api.Reviewer.PostAsync($"{report}/review", Bodies.Json("""{"decision":"return","comments":[{"text":"请更正"}]}"""))).Expect(201);
        Assert.Equal(nothing, (await api.Reviewer.GetAsync(draft)).Everything);
        (await api.Submitter.GetAsync(draft)).Expect(200);
    }

    [Fact]
    public async Task A_body_that_changes_its_supervisor_is_the_new_offices_affair_from_then_on()
    {
        await api.RegisterAsync(Moved, Samples.Office);
        var archive = Doors.Path("/v1/agencies/{code}/reports/{year:int}/archive", Moved, WithoutDraft);
        var entry = await api.Anon.GetAsync($"/v1/agencies/{Moved}");
        (await api.Registrar.PutAsync($"/v1/agencies/{Moved}", Bodies.Agency(Moved, Samples.OtherAgency), Headers.Match(entry.ETag))).Expect(200);

        (await api.Archivist.PostAsync(archive, Bodies.Json(Doors.Json("/archive")))).ExpectProblem(404, "not-found");
        (await api.As(Role.Archivist, [Samples.OtherAgency]).PostAsync(archive, Bodies.Json(Doors.Json("/archive")))).Expect(201);
    }

    private static async Task<string> AskAsync(Client caller, string method, string path, string body, string precondition)
    {
        var content = method is "PUT" or "POST" ? Bodies.Json(body) : null;
        (string, string)[] headers = precondition.Length == 0 ? [] : [(precondition.Split(": ")[0], precondition.Split(": ")[1])];
        return (await caller.SendAsync(new HttpMethod(method), path, content, headers)).Everything;
    }

    private async Task<(string Path, string Hash)> DraftAsync()
    {
        await api.RegisterAsync();
        var path = Doors.Path("/v1/agencies/{code}/reports/{year:int}/draft", Samples.Agency, WithDraft);
        await api.Submitter.PutAsync(path, Bodies.Filing(Samples.Whole()), Headers.Create);
        return (path, (await api.Submitter.GetAsync(path)).Expect(200).Json["contentHash"]!.GetValue<string>());
    }
}
