using Disclosure.Tests;
using DisclosureApi.Access;
using Microsoft.AspNetCore.Routing;

namespace DisclosureApi.Tests.Access;

/// <summary>Every route with every role, on one's own and on others' affairs.</summary>
public sealed class DoorTests(Api api) : IClassFixture<Api>
{
    private const int Year = 2023;

    [Fact]
    public void Every_route_of_the_host_stands_in_the_table_and_no_other()
    {
        var served = api.Endpoints.SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            .Select(method => $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}"));

        Assert.Equal(Doors.All.Keys.Order(StringComparer.Ordinal), served.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Doors.Names), MemberType = typeof(Doors))]
    public async Task A_door_opens_to_whom_the_table_says(string name)
    {
        await SubmitAsync();
        var (door, method, route) = (Doors.All[name], new HttpMethod(name.Split(' ')[0]), name.Split(' ')[1]);
        var wrong = new List<string>();
        foreach (var (who, client, expected) in Callers(door))
        {
            var answer = await client.SendAsync(
                method, Doors.Path(route, Samples.Agency, Year), Doors.Body(method.Method, route), Headers.Match("\"999\""));
            if (door.Opens.Length == 0 ? answer.Status is 401 or 403 : answer.Status != expected)
            {
                wrong.Add($"{who}: {answer.Status} instead of {expected} {answer.Text}");
            }
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_token_may_carry_several_scopes_and_bodies()
    {
        await SubmitAsync();
        var draft = $"/v1/agencies/{Samples.Agency}/reports/{Year}/draft";
        var token = HandMadeToken.Of(api);
        token.Claims["scope"] = $"openid {Role.Auditor.Scope} {Role.Submitter.Scope}";
        token.Claims["agency"] = new System.Text.Json.Nodes.JsonArray(Samples.OtherAgency, Samples.Agency);

        (await api.Of(token.Sign()).GetAsync(draft)).Expect(200);
    }

    private IEnumerable<(string Who, Client Client, int Expected)> Callers(Door door)
    {
        yield return ("anonymous", api.Anon, 401);
        foreach (var role in Role.All)
        {
            var (own, swapped) = role.ActsWithinAgency ? (Samples.Agency, Samples.Office) : (Samples.Office, Samples.Agency);
            var opens = door.Opens.Contains(role);
            yield return ($"{role.Name} of its own", api.As(role, [own]), opens ? door.Inside : 403);
            yield return ($"{role.Name} of another", api.As(role, [Samples.OtherAgency]), opens ? door.Stranger : 403);
            // An office is not the agency it supervises, nor the other way round.
            yield return ($"{role.Name} of the other kind", api.As(role, [swapped]), opens ? door.Stranger : 403);
            yield return ($"{role.Name} of none", api.As(role, []), opens ? door.Unbound : 403);
        }
    }

    /// <summary>A submitted report is the one that all who may ever read a draft may read.</summary>
    private async Task SubmitAsync()
    {
        await api.RegisterAsync();
        var report = $"/v1/agencies/{Samples.Agency}/reports/{Year}";
        var draft = await api.Submitter.PutAsync($"{report}/draft", Bodies.Filing(Samples.Whole()), Headers.Create);
        if (draft.Status == 201)
        {
            await api.SecrecyReviewer.PostAsync($"{report}/secrecy-review", Bodies.Json(new { contentHash = draft.Json["contentHash"]!.GetValue<string>(), passed = true }));
            (await api.Submitter.PostAsync($"{report}/submission", Bodies.Empty)).Expect(201);
        }
    }
}
