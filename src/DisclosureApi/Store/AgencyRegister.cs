using System.Text.Json;
using Disclosure.Agencies;
using DisclosureApi.Http;
using Npgsql;

namespace DisclosureApi.Store;

/// <summary>An entry of the register and the version of its stream.</summary>
public sealed record RegisteredAgency(Agency Agency, long Version);

/// <summary>The register of agencies as its read model holds it.</summary>
public sealed class AgencyRegister(NpgsqlDataSource database)
{
    public async Task<RegisteredAgency?> FindAsync(string code, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select version, body from agencies where code = $1");
        command.Parameters.Add(new() { Value = code });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new RegisteredAgency(JsonSerializer.Deserialize<Agency>(reader.GetFieldValue<byte[]>(1), Json.Options)!, reader.GetInt64(0))
            : null;
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
    public static NpgsqlBatchCommand Row(StoredEvent stored)
    {
        var agency = AgencyDecider.Apply((AgencyEvent)stored.Happened);
        return EventStore.Command(
            """
            insert into agencies (code, version, position, name, region, level, kind, supervisor, line, valid_from, valid_to, body)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            on conflict (code) do update set
                version = excluded.version, position = excluded.position, name = excluded.name, region = excluded.region, level = excluded.level,
                kind = excluded.kind, supervisor = excluded.supervisor, line = excluded.line, valid_from = excluded.valid_from,
                valid_to = excluded.valid_to, body = excluded.body
            """,
            agency.Code, stored.Version, stored.Position, agency.Name, agency.Region, Name(agency.Level), Name(agency.Kind),
            agency.Supervisor, agency.Line, agency.ValidFrom, agency.ValidTo, Json.Bytes(agency));
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
