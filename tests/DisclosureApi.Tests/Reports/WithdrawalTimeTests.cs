using DisclosureApi.Access;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Reports;

/// <summary>A report was withdrawn when it was withdrawn, whatever is done with its words afterwards.</summary>
public sealed class WithdrawalTimeTests(TestServer server)
{
    private readonly LaterClock _clock = new();

    [Fact]
    public async Task Words_that_are_removed_later_leave_the_time_of_the_withdrawal()
    {
        var api = await Api.OnAsync(await server.CreateDatabaseAsync($"withdrawal_{Guid.NewGuid():N}"), _clock);
        try
        {
            var life = await api.ReportAsync(2021);
            await life.PublishAsync((await life.FileAsync()).Expect(201));
            (await life.WithdrawAsync()).Expect(201);
            var told = (await api.Anon.GetAsync(life.Address)).ExpectProblem(410, "withdrawn").Json["withdrawnAt"]!.GetValue<string>();

            _clock.Later += TimeSpan.FromHours(1);
            var order = Bodies.Json(new { words = new[] { "数据来源" }, basis = "个人信息保护法第四十七条", reason = "误载" });
            (await api.As(Role.Redactor, [Samples.Office]).PostAsync($"{life.Address}/redaction", order)).Expect(201);

            foreach (var address in (string[])[life.Address, $"{life.Address}/findings", $"{life.Address}/document"])
            {
                Assert.Equal(told, (await api.Anon.GetAsync(address)).ExpectProblem(410, "withdrawn").Json["withdrawnAt"]!.GetValue<string>());
            }
        }
        finally
        {
            await api.DisposeAsync();
        }
    }
}
