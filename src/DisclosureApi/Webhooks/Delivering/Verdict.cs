using DisclosureApi.Webhooks.Targets;

namespace DisclosureApi.Webhooks.Delivering;

/// <summary>What follows from an attempt.</summary>
/// <param name="Wait">How long until the next attempt.</param>
/// <param name="Status">What the subscription becomes; null where it stays as it is.</param>
internal sealed record Verdict(TimeSpan Wait, string? Status)
{
    private const double Jitter = 0.2;
    private static readonly TimeSpan _longest = TimeSpan.FromHours(24);

    /// <param name="attempts">How many there were before this one.</param>
    /// <param name="random">From 0 to 1; spreads what failed together.</param>
    public static Verdict On(Answered answered, int attempts, WebhookSettings settings, double random) => answered switch
    {
        { IsTaken: true } => new(TimeSpan.Zero, null),
        { IsGone: true } => new(TimeSpan.Zero, Subscription.Ended),
        _ when attempts >= settings.Waits.Count => new(TimeSpan.Zero, Subscription.Disabled),
        _ => new(Later(settings.Waits[attempts] * (1 - Jitter + (2 * Jitter * random)), answered.RetryAfter), null),
    };

    /// <summary>Who asks for more time is given it, for a day at most.</summary>
    private static TimeSpan Later(TimeSpan planned, TimeSpan? asked) => asked > planned ? (asked < _longest ? asked.Value : _longest) : planned;
}
