using Disclosure.Tests;
using DisclosureApi.Http.History;
using DisclosureApi.Tests.Access;

namespace DisclosureApi.Tests.Reports.AsOf;

/// <summary>An answer for a time stays the answer, also when it was given while others were publishing.</summary>
public sealed class SettledAnswerTests(Api api) : IClassFixture<Api>
{
    private const int Reports = 120;

    [Fact]
    public async Task What_was_answered_for_the_moment_of_asking_is_answered_ever_after()
    {
        using var written = new CancellationTokenSource();
        var asking = Enumerable.Range(0, 3).Select(_ => Task.Run(() => AskAsync(written.Token))).ToList();
        await Parallel.ForEachAsync(Enumerable.Range(1, Reports), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
        {
            var code = Samples.CodeOf(number);
            await api.RegisterAsync(code);
            (await api.Archivist.PostAsync($"/v1/agencies/{code}/reports/2023/archive", Bodies.Json(Doors.Json("/archive")))).Expect(201);
        });
        await written.CancelAsync();
        var answers = (await Task.WhenAll(asking)).SelectMany(some => some).ToList();

        Assert.NotEmpty(answers);
        foreach (var (address, answer) in answers)
        {
            Assert.Equal(answer, (await api.Anon.GetAsync(address)).Expect(200).Text);
        }
    }

    private async Task<List<(string Address, string Answer)>> AskAsync(CancellationToken end)
    {
        var answers = new List<(string, string)>();
        while (!end.IsCancellationRequested)
        {
            var address = $"/v1/reports?limit=200&asOf={Moment.Text(TimeProvider.System.GetUtcNow())}";
            answers.Add((address, (await api.Anon.GetAsync(address)).Expect(200).Text));
        }
        return answers;
    }
}
