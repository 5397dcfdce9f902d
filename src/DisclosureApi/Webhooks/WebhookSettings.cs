using System.Globalization;

namespace DisclosureApi.Webhooks;

/// <summary>What an operator can set of webhooks, and what only those who try them out change.</summary>
/// <param name="KeyFile">Where the key lies that secrets are made from (Webhooks:KeyFile); in the data directory when left out.</param>
/// <param name="LocalTargets">Whether addresses on this very machine are taken, also without TLS (Webhooks:LocalTargets).</param>
/// <param name="MostOfClient">How many subscriptions a client may have (Webhooks:MostOfClient).</param>
public sealed record WebhookSettings(string? KeyFile, bool LocalTargets, int MostOfClient)
{
    public const int UsualMost = 20;

    /// <summary>How long it is waited after each attempt in vain (the schedule of Standard Webhooks); after the last of them the subscription is disabled.</summary>
    public IReadOnlyList<TimeSpan> Waits { get; init; } =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>How long a receiver may take for its answer, from the first look at its name.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long one who delivers is left alone: longer than any attempt can take.</summary>
    public TimeSpan Lease => Patience + Patience;

    public static WebhookSettings Read(IConfiguration configuration) => new(
        configuration["Webhooks:KeyFile"], configuration.GetValue("Webhooks:LocalTargets", false),
        configuration["Webhooks:MostOfClient"] is { } most ? int.Parse(most, NumberStyles.None, CultureInfo.InvariantCulture) : UsualMost);
}
