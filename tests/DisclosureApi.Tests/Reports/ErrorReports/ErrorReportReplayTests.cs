using System.Text.Json.Nodes;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Reports.ErrorReports;

/// <summary>A stranger who has the events and openapi/HISTORY.md alone finds each error report as the API tells it.</summary>
public sealed class ErrorReportReplayTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task Whatever_happened_each_is_what_a_strangers_fold_of_its_events_gives()
    {
        var of = await ReaderOf.PublishedAsync(api, 33_001);
        for (var number = 1; number <= 12; number++)
        {
            (await of.TellAsync(ReaderOf.Body($"第{number}处有误，联系人王小明", pointer: number % 3 == 0 ? "/sections/overview" : ReaderOf.Pointer, expected: number % 2 == 0 ? null : 7_000 + number))).Expect(201);
            if (number % 4 == 0)
            {
                (await of.RedactAsync(number, "王小明")).Expect(201);
            }
            await (number % 5 == 0 ? of.DismissAsync(number, api.Reviewer) : number % 5 < 3 ? of.AnswerAsync(number, of.Life.Submitter) : of.ReadAsync(number));
        }
        var events = (await api.As(Role.Auditor, []).GetAsync($"/v1/audit/events?agency={of.Life.Agency}", ("Accept", "application/x-ndjson"))).Expect(200).Text
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).Where(happened => happened["stream"]!.ToString().StartsWith("error_report/", StringComparison.Ordinal));

        var streams = events.GroupBy(happened => happened["stream"]!.ToString()).ToList();

        Assert.Equal(12, streams.Count);
        foreach (var stream in streams)
        {
            var told = (await of.ReadAsync(int.Parse(stream.Key.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture), of.Life.Submitter)).Json.AsObject();
            var folded = Folded(stream);
            Assert.All(folded, member => Assert.True(JsonNode.DeepEquals(member.Value, told[member.Key]), $"{stream.Key} {member.Key}: {member.Value} {told[member.Key]}"));
        }
    }

    private static JsonObject Folded(IEnumerable<JsonNode> events)
    {
        var report = new JsonObject { ["settledAt"] = null, ["reason"] = null, ["correction"] = null };
        foreach (var happened in events)
        {
            var (type, data) = (happened["type"]!.ToString(), happened["data"]!);
            if (type == "error_reported")
            {
                foreach (var name in (string[])["revision", "pointer", "published", "read", "expected"])
                {
                    report[name] = data[name]?.DeepClone();
                }
                (report["state"], report["message"], report["reportedAt"]) = ("open", data["message"]!["text"]!.ToString(), happened["time"]!.ToString());
            }
            else if (type is "error_report_answered" or "error_report_dismissed")
            {
                (report["state"], report["reason"], report["settledAt"]) = (type["error_report_".Length..], data["reason"]!["text"]!.ToString(), happened["time"]!.ToString());
                report["correction"] = data["correction"]?.DeepClone();
            }
        }
        return report;
    }
}
