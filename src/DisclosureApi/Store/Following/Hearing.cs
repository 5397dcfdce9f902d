using DisclosureApi.Store.Replicas;

namespace DisclosureApi.Store.Following;

/// <summary>Notices that the primary has not been heard of, long before anybody's patience with it ends.</summary>
internal sealed class Hearing(Follower follower, Fence fence, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>The follower asks twice a second.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (follower.Silence > Long)
            {
                fence.Hangup.IsSilent();
            }
            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
