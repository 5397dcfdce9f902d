namespace DisclosureApi.Operations;

/// <summary>
/// Between the signal and the end: readiness says that this host drains, and it serves on for as long as those who send it
/// requests need to notice. Then it takes no new connections, and what is under way is finished.
/// </summary>
internal sealed class Draining(Settings settings, TimeProvider clock) : IHostedLifecycleService
{
    /// <summary>How long requests that are under way may still take.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.Delay(settings.Drain, clock, cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
