namespace DisclosureApi.Store.Local;

/// <summary>The embedded database cannot be started; the message says what failed, where, and how to mend it.</summary>
public sealed class LocalPostgresException : Exception
{
    public LocalPostgresException()
    {
    }

    public LocalPostgresException(string message) : base(message)
    {
    }

    public LocalPostgresException(string message, Exception cause) : base(message, cause)
    {
    }

    /// <summary>Whether the reason is a host that runs on the same data directory.</summary>
    public bool IsInUse { get; init; }
}
