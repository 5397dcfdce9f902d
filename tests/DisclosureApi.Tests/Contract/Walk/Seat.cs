using System.Globalization;
using System.Text.Json.Nodes;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Contract.Walk;

/// <summary>Makes a made-up body the government of a county of its own, with one department, and compiles its report.</summary>
internal static class Seat
{
    public static async Task<Reply> CompileAsync(ReportLife life, Api api)
    {
        var code = life.Address.Split('/')[3];
        var number = int.Parse(code.AsSpan(8, 8), NumberStyles.None, CultureInfo.InvariantCulture);
        var member = Samples.CodeOf(1_000_000 + number);
        var entry = (await api.Anon.GetAsync($"/v1/agencies/{code}")).Expect(200);
        (await api.Registrar.PutAsync($"/v1/agencies/{code}", Bodies.Json(Placed(entry.Json.AsObject(), number, "government")), Headers.Match(entry.ETag))).Expect(200);
        var department = JsonNode.Parse(Bodies.AgencyJson(member, name: $"云州市第{number}局"))!.AsObject();
        (await api.Registrar.PutAsync($"/v1/agencies/{member}", Bodies.Json(Placed(department, number, "department")), Headers.Create)).Expect(201);
        (await api.Archivist.PostAsync($"/v1/agencies/{member}/reports/2023/archive", Bodies.Json(Access.Doors.Json("archive")))).Expect(201);
        (await life.FileAsync()).Expect(201);
        (await life.Submitter.PostAsync($"{life.Address}/compilation", Bodies.Empty)).Expect(201);
        return (await life.Submitter.GetAsync($"{life.Address}/draft")).Expect(200);
    }

    private static string Placed(JsonObject entry, int number, string kind)
    {
        entry["region"] = $"98{number % 10_000:D4}";
        entry["kind"] = kind;
        return entry.ToJsonString();
    }
}
