namespace DisclosureApi.Tests;

/// <summary>What happens in the background is asked for until it has; the test fails when it does not within a minute.</summary>
internal static class Eventually
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    public static async Task HoldsAsync(Func<Task<bool>> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(_patience);
        while (!await holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
        }
    }

    /// <summary>The answer, once it is there and is the one that is waited for; nothing but 404 may come before it.</summary>
    public static async Task<Reply> AnsweredAsync(Func<Task<Reply>> ask, Func<Reply, bool>? isEnough = null)
    {
        Reply reply = null!;
        await HoldsAsync(async () =>
        {
            reply = await ask();
            Assert.True(reply.Status is 200 or 404, reply.Text);
            return reply.Status == 200 && isEnough?.Invoke(reply) is not false;
        });
        return reply;
    }
}
