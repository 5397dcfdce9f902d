using DisclosureApi.Http.History;

namespace DisclosureApi.Tests.Reports.AsOf;

/// <summary>An answer for a time stays the answer, also when it was given while others were publishing.</summary>
public sealed class SettledAnswerTests(Api api) : IClassFixture<Api>
{
    private const int Reports = 120;

    [Fact]
    public Task What_was_answered_for_the_moment_of_asking_is_answered_ever_after() =>
        SettledAnswers.AssertLastAsync(api, Reports, Enumerable.Repeat(() => Task.FromResult($"/v1/reports?limit=200&asOf={Moment.Text(TimeProvider.System.GetUtcNow())}"), 3));
}
