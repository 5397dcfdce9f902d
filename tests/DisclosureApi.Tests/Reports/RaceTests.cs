using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Reports;

/// <summary>Many at once on one report.</summary>
public sealed class RaceTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task Of_two_hundred_who_begin_one_report_one_does()
    {
        var life = await api.ReportAsync(2023);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(number =>
            api.As(Role.Submitter, [Samples.Agency], $"submitter {number}").PutAsync($"{life.Address}/draft", Bodies.Filing(Samples.Whole()), Headers.Create)));

        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(199, answers.Count(answer => answer.Status == 412));
        Assert.Equal(1, await api.Database.ScalarAsync<long>($"select count(*) from mt_events where stream_id like 'report/{Samples.Agency}/%'"));
    }

    [Fact]
    public async Task Whoever_is_faster_what_was_published_is_what_was_approved()
    {
        var (published, recalled) = (0, 0);
        for (var race = 0; race < Scale.Races; race++)
        {
            var life = await api.ReportAsync(2023, Samples.CodeOf(20_000 + race));
            var approved = await SubmitAsync(life);
            // Now the one is a little faster and now the other.
            var editor = EditAsync(life, race % 4);
            var approver = ApproveAsync(life, approved, (race / 4) % 4);
            await Task.WhenAll(editor, approver);

            var report = await api.Anon.GetAsync(life.Address);
            (published, recalled) = report.Status == 200 ? (published + 1, recalled) : (published, recalled + 1);
            Assert.Equal(await approver, report.Status == 200);
            Assert.True(report.Status == 404 || report.Json["contentHash"]!.GetValue<string>() == approved, report.Text);
            Assert.False(await editor && await approver, "A report was changed after its approval and published as approved.");
        }
        Assert.Equal(Scale.Races, published + recalled);
    }

    private static async Task<string> SubmitAsync(ReportLife life)
    {
        var hash = (await life.FileAsync()).Expect(201).Json["contentHash"]!.GetValue<string>();
        (await life.ReviewSecrecyAsync(hash)).Expect(201);
        (await life.SubmitAsync()).Expect(201);
        return hash;
    }

    /// <summary>Recalls the submission and submits something else; whether it came to that.</summary>
    private static async Task<bool> EditAsync(ReportLife life, int handicap)
    {
        await FallBehindAsync(life, handicap);
        if ((await life.Submitter.DeleteAsync($"{life.Address}/submission", Headers.Match("*"))).Status != 204)
        {
            return false;
        }
        var other = life.Filing(Samples.Whole().With("/sections/otherMatters", "收回后改写。本年度发出收费通知0件，收费通知总金额0元，实际收取信息处理费0元。"));
        var hash = (await life.Submitter.PutAsync($"{life.Address}/draft", other, Headers.Match("*"))).Expect(200).Json["contentHash"]!.GetValue<string>();
        (await life.ReviewSecrecyAsync(hash)).Expect(201);
        (await life.SubmitAsync()).Expect(201);
        return true;
    }

    /// <summary>Approves what was read before the race, and publishes whatever is approved; whether something was.</summary>
    private async Task<bool> ApproveAsync(ReportLife life, string hash, int handicap)
    {
        await FallBehindAsync(life, handicap);
        var approval = await life.ApproveAsync(hash);
        Assert.Contains(approval.Status, (int[])[201, 404, 409]);
        return (await api.Reviewer.PostAsync($"{life.Address}/publication", Bodies.Empty)).Status == 201;
    }

    private static async Task FallBehindAsync(ReportLife life, int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            await life.Submitter.GetAsync($"{life.Address}/draft");
        }
    }
}
