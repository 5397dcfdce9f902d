using System.Globalization;
using DisclosureApi.Store.Replicas;

namespace DisclosureApi.Operations.Checks;

/// <summary>Each server that the replica setting names beside the primary.</summary>
internal static class ReplicaChecks
{
    public static async Task<IReadOnlyList<Checked>> AllAsync(Settings settings)
    {
        if (settings is not { ServingConnection: { } serving, ReplicaConnection: { } replica })
        {
            return settings.ReplicaConnection is null ? [] : [Checked.Warn("replica", "ConnectionStrings:DisclosureReplica goes with ConnectionStrings:Disclosure alone; the embedded PostgreSQL has no replica.")];
        }
        List<(string Name, ServerState? State)> seen = [];
        foreach (var (name, connection) in ServerAddresses.Each(serving, replica))
        {
            await using var server = new Server(name, connection, TimeProvider.System);
            await server.LookAsync();
            seen.Add((name, server.State));
        }
        var primary = seen.Select(server => server.State).Where(state => state?.Timeline is not null).MaxBy(state => state!.Timeline);
        return [.. seen.Select(server => Judge(server.Name, server.State, primary))];
    }

    private static Checked Judge(string name, ServerState? state, ServerState? primary) => state switch
    {
        null => Checked.Fault("replica", $"{name} does not answer as the serving role. Is it up, has it the schema, does its pg_hba.conf let this host in?"),
        { Timeline: { } old } when old < primary!.Timeline => Checked.Fault("replica", $"{name} is a primary of before the last promotion. Stop it and make it follow the new one."),
        { Timeline: not null } => Checked.Ok("replica", $"{name} is the primary."),
        _ when primary is not null && state.System != primary.System => Checked.Fault("replica", $"{name} is of another database than the primary. Make it anew with pg_basebackup."),
        _ when primary is not null && state.Position < primary.Position =>
            Checked.Warn("replica", string.Create(CultureInfo.InvariantCulture, $"{name} follows and is {primary.Position - state.Position} events behind.")),
        _ => Checked.Ok("replica", $"{name} follows and shows all events."),
    };
}
