using System.Collections.Concurrent;
using System.Diagnostics;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Access;

/// <summary>A stranger cannot tell a draft by the time its refusal takes either: for both the same is asked of the database, and nothing else waits.</summary>
public sealed class ForeignDraftWorkTests(Api api) : IClassFixture<Api>
{
    public static TheoryData<string> DraftDoors => ForeignDraftTests.DraftDoors;

    [Theory]
    [MemberData(nameof(DraftDoors))]
    public async Task A_strangers_draft_is_refused_with_the_same_questions_to_the_database_as_no_draft(string name)
    {
        await api.OnceAsync(async () => (await (await api.ReportAsync(2023)).FileAsync()).Expect(201));
        var (method, route) = (name.Split(' ')[0], name.Split(' ')[1]);
        var stranger = api.As(Doors.All[name].Opens[0], [Samples.OtherAgency], $"stranger {Guid.NewGuid():N}");

        var (withDraft, without) = (await AskedAsync(stranger, method, Doors.Path(route, Samples.Agency, 2023)), await AskedAsync(stranger, method, Doors.Path(route, Samples.Agency, 2024)));

        Assert.Equal(without, withDraft);
        Assert.Contains(withDraft, sql => sql.Contains("agencies", StringComparison.Ordinal));
        Assert.DoesNotContain(withDraft, sql => sql.Contains("mt_events", StringComparison.Ordinal));
    }

    /// <summary>The statements that the host sends to the database for this request, which carries an id that they carry too.</summary>
    private static async Task<List<string>> AskedAsync(Client stranger, string method, string path)
    {
        var trace = ActivityTraceId.CreateRandom();
        var asked = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.TraceId == trace ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == trace && activity.Source.Name == "Npgsql" && activity.TagObjects.FirstOrDefault(tag => tag.Key is "db.statement" or "db.query.text").Value is string sql)
                {
                    asked.Enqueue(sql);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        var body = method is "PUT" or "POST" ? Bodies.Json(Doors.Json(path)) : null;
        (await stranger.SendAsync(new HttpMethod(method), path, Doors.Body(method, path), Headers.Match("\"1\""), ("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01"))).Expect(404);
        return [.. asked];
    }
}
