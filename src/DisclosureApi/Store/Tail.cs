namespace DisclosureApi.Store;

/// <summary>Where the order of all events ends: the last position and its time.</summary>
internal sealed record Tail(long Position, DateTimeOffset? At)
{
    /// <summary>The time of what comes next: now, but never before what was, and in microseconds, which is what PostgreSQL keeps.</summary>
    public DateTimeOffset Next(TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var at = new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        return At > at ? At.Value : at;
    }
}
