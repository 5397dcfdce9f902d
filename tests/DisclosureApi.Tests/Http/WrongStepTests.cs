using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Http;

/// <summary>Steps that the state does not allow, that rest on content which is no longer there, or that are another's affair.</summary>
public sealed class WrongStepTests(Api api) : IClassFixture<Api>
{
    private const string Report = $"/v1/agencies/{Samples.Agency}/reports/2023";
    private const string Nothing = $"/v1/agencies/{Samples.Agency}/reports/2024";

    private static readonly Dictionary<string, string> _bodies = new(StringComparer.Ordinal)
    {
        ["secrecy-review"] = """{"contentHash":"0","passed":true}""",
        ["acknowledgements"] = """{"acknowledgements":[{"code":"T2-002"}]}""",
        ["submission"] = "{}",
        ["review"] = """{"decision":"approve","contentHash":"0"}""",
        ["review "] = """{"decision":"return","comments":[{"text":"请更正"}]}""",
        ["publication"] = "{}",
        ["archive"] = Access.Doors.Json("/archive"),
    };

    [Theory]
    [InlineData("review")]
    [InlineData("review ")]
    [InlineData("publication")]
    [InlineData("archive")]
    public async Task A_draft_is_neither_reviewed_nor_published_nor_archived(string step)
    {
        await api.PrepareAsync();
        var answer = await api.RefusedAsync(409, "wrong-state", () => PostAsync(Report, step, Samples.Agency, Samples.Office));
        Assert.Equal("draft", answer.Json["state"]!.GetValue<string>());
        Assert.Contains("submit", answer.Json["allowed"]!.AsArray().Select(command => command!.GetValue<string>()));
    }

    [Theory]
    [InlineData("secrecy-review")]
    [InlineData("acknowledgements")]
    [InlineData("submission")]
    [InlineData("review")]
    [InlineData("review ")]
    [InlineData("publication")]
    public async Task Nothing_has_no_steps_but_its_beginning(string step)
    {
        await api.PrepareAsync();
        var answer = await api.RefusedAsync(409, "wrong-state", () => PostAsync(Nothing, step, Samples.Agency, Samples.Office));
        Assert.Equal(["editDraft", "compile", "archive"], answer.Json["allowed"]!.AsArray().Select(command => command!.GetValue<string>()));
    }

    [Theory]
    [InlineData("secrecy-review", 409, "stale-content")]
    [InlineData("acknowledgements", 422, "no-such-finding")]
    [InlineData("submission", 409, "secrecy-review-missing")]
    public async Task A_step_that_rests_on_what_is_not_there_is_refused(string step, int status, string problem)
    {
        await api.PrepareAsync();
        await api.RefusedAsync(status, problem, () => PostAsync(Report, step, Samples.Agency, Samples.Office));
    }

    [Theory]
    [InlineData("secrecy-review")]
    [InlineData("acknowledgements")]
    [InlineData("submission")]
    [InlineData("review")]
    [InlineData("publication")]
    [InlineData("archive")]
    public async Task Another_agencys_report_is_nothing(string step)
    {
        await api.PrepareAsync();
        await api.RefusedAsync(404, "not-found", () => PostAsync(Report, step, Samples.OtherAgency, Samples.OtherAgency));
    }

    [Theory]
    [InlineData(Samples.OtherAgency, 403)]
    [InlineData(Samples.Agency, 403)]
    public async Task Another_offices_agency_is_not_changed_nor_taken_over(string office, int status)
    {
        await api.PrepareAsync();
        var registrar = api.As(Role.Registrar, [office], $"newcomer {Guid.NewGuid():N}");
        foreach (var supervisor in (string?[])[office, Samples.Office, null])
        {
            await api.RefusedAsync(status, "forbidden", () => registrar.PutAsync(
                $"/v1/agencies/{Samples.Agency}", Bodies.Agency(Samples.Agency, supervisor, "新名"), Headers.Match("\"1\"")));
        }
        await api.RefusedAsync(status, "forbidden", () => registrar.PutAsync(
            $"/v1/agencies/{Samples.OtherAgency}", Bodies.Agency(Samples.OtherAgency, Samples.Office), Headers.Create));
    }

    [Fact]
    public async Task A_registrar_with_an_office_cannot_hand_its_agencies_away_and_can_change_them()
    {
        await api.PrepareAsync();
        var registrar = api.As(Role.Registrar, [Samples.OtherAgency, Samples.Office]);
        await api.RefusedAsync(403, "forbidden", () => registrar.PutAsync(
            $"/v1/agencies/{Samples.Agency}", Bodies.Agency(Samples.Agency, null), Headers.Match("\"1\"")));

        const string Own = "11990102000004060J";
        (await registrar.PutAsync($"/v1/agencies/{Own}", Bodies.Agency(Own), Headers.Create)).Expect(201);
        (await registrar.PutAsync($"/v1/agencies/{Own}", Bodies.Agency(Own, name: "新名"), Headers.Match("\"1\""))).Expect(200);
        Assert.Equal(Samples.Office, await api.Database.ScalarAsync<string>($"select headers->>'agency' from mt_events where stream_id like '%{Own}' and version = 2"));
    }

    private Task<Reply> PostAsync(string report, string step, string agency, string office)
    {
        var name = step.Trim();
        var role = Access.Doors.All[$"POST /v1/agencies/{{code}}/reports/{{year:int}}/{name}"].Opens[0];
        return api.As(role, [role.ActsWithinAgency ? agency : office], $"newcomer {Guid.NewGuid():N}").PostAsync($"{report}/{name}", Bodies.Json(_bodies[step]));
    }
}
