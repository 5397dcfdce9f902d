using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Agencies;

public sealed class AgencyTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task An_agency_is_registered_once_read_by_anyone_and_changed_on_its_version()
    {
        var address = $"/v1/agencies/{Samples.CodeOf(1)}";

        (await api.Registrar.PutAsync(address, Bodies.Agency(Samples.CodeOf(1)))).ExpectProblem(428, "precondition-required");
        var created = (await api.Registrar.PutAsync(address, Bodies.Agency(Samples.CodeOf(1)), Headers.Create)).Expect(201);
        Assert.Equal(("\"1\"", address), (created.ETag, created.Header("Location")));
        Assert.Equal(created.Text, (await api.Anon.GetAsync(address)).Expect(200).Text);

        (await api.Registrar.PutAsync(address, Bodies.Agency(Samples.CodeOf(1)), Headers.Create)).ExpectProblem(412, "precondition-failed");
        var changed = (await api.Registrar.PutAsync(address, Bodies.Agency(Samples.CodeOf(1), name: "云州市桂山区科技局"), Headers.Match("\"1\""))).Expect(200);
        Assert.Equal(("\"2\"", "云州市桂山区科技局"), (changed.ETag, changed.Json["name"]!.GetValue<string>()));
        var stale = (await api.Registrar.PutAsync(address, Bodies.Agency(Samples.CodeOf(1)), Headers.Match("\"1\""))).ExpectProblem(412, "precondition-failed");
        Assert.Equal(("\"2\"", "\"1\""), (stale.Json["current"]!.GetValue<string>(), stale.Json["given"]!.GetValue<string>()));
        Assert.Equal("\"2\"", (await api.Registrar.PutAsync(address, Bodies.Agency(Samples.CodeOf(1), name: "云州市桂山区科技局"), Headers.Match("\"2\""))).Expect(200).ETag);
    }

    [Fact]
    public async Task A_registrar_with_an_office_keeps_the_agencies_that_it_supervises()
    {
        var own = api.As(Role.Registrar, [Samples.Office]);
        var address = $"/v1/agencies/{Samples.CodeOf(2)}";

        (await own.PutAsync(address, Bodies.Agency(Samples.CodeOf(2), supervisor: Samples.OtherAgency), Headers.Create)).ExpectProblem(403, "forbidden");
        (await own.PutAsync(address, Bodies.Agency(Samples.CodeOf(2)), Headers.Create)).Expect(201);
        (await own.PutAsync(address, Bodies.Agency(Samples.CodeOf(2), supervisor: Samples.OtherAgency), Headers.Match("\"1\""))).ExpectProblem(403, "forbidden");
        (await api.As(Role.Registrar, [Samples.OtherAgency]).PutAsync(address, Bodies.Agency(Samples.CodeOf(2), supervisor: Samples.OtherAgency), Headers.Match("\"1\"")))
            .ExpectProblem(403, "forbidden");
    }

    [Fact]
    public async Task Every_fault_of_an_entry_is_told_at_once()
    {
        var body = Bodies.Json("""{"code":"11990102000001038J","name":" ","region":"99","level":"city","supervisor":"123","validFrom":"2019-13-01","validTo":"2018-01-01","town":1}""");

        var refused = (await api.Registrar.PutAsync($"/v1/agencies/{Samples.CodeOf(3)}", body, Headers.Create)).ExpectProblem(422, "invalid-body");

        Assert.Equal(
            ["/code", "/kind", "/level", "/name", "/region", "/supervisor", "/town", "/validFrom"],
            refused.Json["errors"]!.AsArray().Select(error => error!["pointer"]!.GetValue<string>()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_register_is_listed_page_by_page()
    {
        for (var i = 10; i < 17; i++)
        {
            (await api.Registrar.PutAsync($"/v1/agencies/{Samples.CodeOf(i)}", Bodies.Agency(Samples.CodeOf(i)), Headers.Create)).Expect(201);
        }
        var seen = new List<string>();
        for (var page = "/v1/agencies?limit=3"; page is not null;)
        {
            var reply = (await api.Anon.GetAsync(page)).Expect(200);
            seen.AddRange(reply.Json["items"]!.AsArray().Select(item => item!["code"]!.GetValue<string>()));
            page = reply.Json["next"]?.GetValue<string>();
            Assert.Equal(page, reply.Header("Link")!.Split(", ").SingleOrDefault(link => link.EndsWith("; rel=\"next\"", StringComparison.Ordinal))?.Split('>')[0][1..]);
        }

        Assert.Equal(seen.Order(StringComparer.Ordinal), seen);
        Assert.Equal(seen.Distinct(StringComparer.Ordinal).Count(), seen.Count);
        Assert.All(Enumerable.Range(10, 7), i => Assert.Contains(Samples.CodeOf(i), seen));
        foreach (var wrong in (string[])["limit=0", "limit=201", "limit=x", "limit=1&limit=2", "after=!", "after=", "after=AA"])
        {
            (await api.Anon.GetAsync($"/v1/agencies?{wrong}")).ExpectProblem(400, "invalid-request");
        }
    }
}
