using System.Text.Json;
using Disclosure.Agencies;
using DisclosureApi.Http;
using Npgsql;
using NpgsqlTypes;

namespace DisclosureApi.Store;

/// <summary>An entry of the register and the version of its stream.</summary>
public sealed record RegisteredAgency(Agency Agency, long Version);

/// <summary>The register of agencies as its read model holds it.</summary>
public sealed class AgencyRegister(NpgsqlDataSource database)
{
    public static ModelTable Table { get; } = new(
        "agencies", 1,
        ("code", NpgsqlDbType.Text), ("version", NpgsqlDbType.Bigint), ("position", NpgsqlDbType.Bigint),
        ("name", NpgsqlDbType.Text), ("region", NpgsqlDbType.Text), ("level", NpgsqlDbType.Text), ("kind", NpgsqlDbType.Text),
        ("supervisor", NpgsqlDbType.Text), ("line", NpgsqlDbType.Text),
        ("valid_from", NpgsqlDbType.Date), ("valid_to", NpgsqlDbType.Date), ("body", NpgsqlDbType.Bytea));

    public async Task<RegisteredAgency?> FindAsync(string code, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select version, body from agencies where code = $1");
        command.Parameters.Add(new() { Value = code });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new RegisteredAgency(JsonSerializer.Deserialize<Agency>(reader.GetFieldValue<byte[]>(1), Json.Options)!, reader.GetInt64(0))
            : null;
    }

    /// <summary>The one body registered by exactly this name; null where there is none, or several.</summary>
    public async Task<RegisteredAgency?> NamedAsync(string name, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select version, body from agencies where name = $1 limit 2");
        command.Parameters.Add(new() { Value = name });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<RegisteredAgency>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(new RegisteredAgency(JsonSerializer.Deserialize<Agency>(reader.GetFieldValue<byte[]>(1), Json.Options)!, reader.GetInt64(0)));
        }
        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>Entries after this code as they are shown, in the order of codes.</summary>
    public async Task<IReadOnlyList<(string Code, byte[] Body)>> ListAsync(string after, int limit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select code, body from agencies where code > $1 order by code limit $2");
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var entries = new List<(string, byte[])>();
        while (await reader.ReadAsync(cancellation))
        {
            entries.Add((reader.GetString(0), reader.GetFieldValue<byte[]>(1)));
        }
        return entries;
    }

    /// <summary>The entry's row after this event.</summary>
    public static ModelRow Row(RecordedEvent recorded)
    {
        var agency = AgencyDecider.Apply((AgencyEvent)recorded.Happened);
        return Table.Row(
            agency.Code, recorded.Version, recorded.Position, agency.Name, agency.Region, Name(agency.Level), Name(agency.Kind),
            agency.Supervisor, agency.Line, agency.ValidFrom, agency.ValidTo, Json.Bytes(agency));
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
