namespace DisclosureApi.Tests;

/// <summary>A clock that shows another time than there is; what it measures goes on, as it does on every system.</summary>
public sealed class LaterClock : TimeProvider
{
    /// <summary>By how much; a time before now where it is negative.</summary>
    public TimeSpan Later { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Later;
}
