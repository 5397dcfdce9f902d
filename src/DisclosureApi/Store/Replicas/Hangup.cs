using System.Runtime.CompilerServices;
using Npgsql;

namespace DisclosureApi.Store.Replicas;

/// <summary>
/// How a question is taken back. Npgsql asks the server for it on a second connection, and keeps a thread until the server
/// has heard. One that stands still hears nothing: everybody who waits for it would be told so seconds too late, and soon no
/// thread would be left to tell anyone. So a silent server counts as told already: what is under way there is hung up when
/// somebody's patience ends, and the server ends it by its own limit.
/// </summary>
public sealed class Hangup
{
    private const string Connector = "Npgsql.Internal.NpgsqlConnector, Npgsql";

    private readonly ConditionalWeakTable<object, object> _opened = [];

    /// <summary>A connection was opened.</summary>
    public void Note(NpgsqlConnection connection)
    {
        if (ConnectorOf(connection) is { } connector)
        {
            _opened.AddOrUpdate(connector, connector);
        }
    }

    /// <summary>The server has not been heard of for longer than it should take to answer. Told again and again while it is so: what is asked next begins as ever.</summary>
    public void IsSilent()
    {
        foreach (var (connector, _) in _opened)
        {
            Tell(connector, true);
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Connector")]
    [return: UnsafeAccessorType(Connector)]
    private static extern object? ConnectorOf(NpgsqlConnection connection);

    // Npgsql keeps it to itself, and has no setting for it.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_PostgresCancellationPerformed")]
    private static extern void Tell([UnsafeAccessorType(Connector)] object connector, bool isTold);
}
