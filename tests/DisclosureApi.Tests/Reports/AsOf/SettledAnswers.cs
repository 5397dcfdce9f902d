using Disclosure.Tests;
using DisclosureApi.Tests.Access;

namespace DisclosureApi.Tests.Reports.AsOf;

/// <summary>Answers for a point in the past that are asked for while others publish.</summary>
internal static class SettledAnswers
{
    /// <summary>Each address is answered ever after as it was while these many reports were being brought in.</summary>
    /// <param name="addresses">Each tells, again and again, what one reader asks for next.</param>
    public static async Task AssertLastAsync(Api api, int reports, params IEnumerable<Func<Task<string>>> addresses)
    {
        using var written = new CancellationTokenSource();
        var asking = addresses.Select(next => Task.Run(() => AskAsync(api, next, written.Token))).ToList();
        await Parallel.ForEachAsync(Enumerable.Range(1, reports), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
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

    private static async Task<List<(string Address, string Answer)>> AskAsync(Api api, Func<Task<string>> next, CancellationToken end)
    {
        var answers = new List<(string, string)>();
        while (!end.IsCancellationRequested)
        {
            var address = await next();
            answers.Add((address, (await api.Anon.GetAsync(address)).Expect(200).Text));
        }
        return answers;
    }
}
