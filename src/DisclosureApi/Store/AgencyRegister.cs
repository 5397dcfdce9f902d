using DisclosureApi.Store.Replicas;
using System.Text.Json;
using Disclosure.Agencies;
using DisclosureApi.Http;
using DisclosureApi.Store.Figures;
using DisclosureApi.Store.Searching;
using Npgsql;
using NpgsqlTypes;

namespace DisclosureApi.Store;

/// <summary>An entry of the register and the version of its stream.</summary>
public sealed record RegisteredAgency(Agency Agency, long Version);

/// <summary>Which entries of the register are wanted; null where any will do.</summary>
public sealed record AgencyFilter(string? RegionPrefix, string? Level, string? Kind, string? Supervisor, string? Line);

/// <summary>The register of agencies as its read model holds it.</summary>
public sealed class AgencyRegister(ReadDatabase database)
{
    public static ModelTable Table { get; } = new(
        "agencies", 1,
        ("code", NpgsqlDbType.Text), ("version", NpgsqlDbType.Bigint), ("position", NpgsqlDbType.Bigint),
        ("name", NpgsqlDbType.Text), ("region", NpgsqlDbType.Text), ("level", NpgsqlDbType.Text), ("kind", NpgsqlDbType.Text),
        ("supervisor", NpgsqlDbType.Text), ("line", NpgsqlDbType.Text),
        ("valid_from", NpgsqlDbType.Date), ("valid_to", NpgsqlDbType.Date), ("body", NpgsqlDbType.Bytea));

    /// <summary>Who took over from whom, so that successors can be asked for those before them.</summary>
    public static ModelTable Successions { get; } = new(
        "successions", 1, ("agency", NpgsqlDbType.Text), ("position", NpgsqlDbType.Bigint), ("successors", NpgsqlDbType.Array | NpgsqlDbType.Text));

    /// <summary>Decisions on whose report of which year is owed, where the register alone would say otherwise.</summary>
    public static ModelTable Duties { get; } = new(
        "duties", 2,
        ("agency", NpgsqlDbType.Text), ("year", NpgsqlDbType.Integer), ("position", NpgsqlDbType.Bigint), ("owes", NpgsqlDbType.Boolean),
        ("reason", NpgsqlDbType.Text), ("decided_at", NpgsqlDbType.TimestampTz));

    public async Task<RegisteredAgency?> FindAsync(string code, CancellationToken cancellation)
    {
        await using var command = (await database.SourceAsync(cancellation)).CreateCommand("select version, body from agencies where code = $1");
        command.Parameters.Add(new() { Value = code });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new RegisteredAgency(JsonSerializer.Deserialize<Agency>(reader.GetFieldValue<byte[]>(1), Json.Options)!, reader.GetInt64(0))
            : null;
    }

    /// <summary>The one body registered by exactly this name; null where there is none, or several.</summary>
    public async Task<RegisteredAgency?> NamedAsync(string name, CancellationToken cancellation)
    {
        await using var command = (await database.SourceAsync(cancellation)).CreateCommand("select version, body from agencies where name = $1 limit 2");
        command.Parameters.Add(new() { Value = name });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<RegisteredAgency>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(new RegisteredAgency(JsonSerializer.Deserialize<Agency>(reader.GetFieldValue<byte[]>(1), Json.Options)!, reader.GetInt64(0)));
        }
        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>The entries of a page as they are shown, in its direction along the order of codes, and one more.</summary>
    public async Task<IReadOnlyList<(string Code, byte[] Body)>> ListAsync(Page page, AgencyFilter filter, CancellationToken cancellation)
    {
        const string chosen =
            """
            select code, body from agencies where ($3::text is null or starts_with(region, $3)) and ($4::text is null or level = $4)
            and ($5::text is null or kind = $5) and ($6::text is null or supervisor = $6) and ($7::text is null or line = $7)
            """;
        await using var command = (await database.SourceAsync(cancellation)).CreateCommand(page.IsBackwards ? $"{chosen} and code < $1 order by code desc limit $2" : $"{chosen} and code > $1 order by code limit $2");
        foreach (var value in (object?[])[page.Cursor, page.Limit + 1, filter.RegionPrefix, filter.Level, filter.Kind, filter.Supervisor, filter.Line])
        {
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        }
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var entries = new List<(string, byte[])>();
        while (await reader.ReadAsync(cancellation))
        {
            entries.Add((reader.GetString(0), reader.GetFieldValue<byte[]>(1)));
        }
        return entries;
    }

    /// <summary>Codes of the bodies whose entries name this one as a successor.</summary>
    public async Task<IReadOnlyList<string>> PredecessorsAsync(string code, CancellationToken cancellation)
    {
        await using var command = (await database.SourceAsync(cancellation)).CreateCommand("select agency from successions where successors @> array[$1::text] order by agency");
        command.Parameters.Add(new() { Value = code });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var codes = new List<string>();
        while (await reader.ReadAsync(cancellation))
        {
            codes.Add(reader.GetString(0));
        }
        return codes;
    }

    /// <summary>The rows that events of one body leave, each key once: the entry after the last, and what was decided of its duties.</summary>
    public static IEnumerable<ModelRow> Rows(IEnumerable<RecordedEvent> events)
    {
        var all = events.ToList();
        foreach (var decided in all.Where(recorded => recorded.Happened is AgencyEvent.DutyDecided).GroupBy(recorded => ((AgencyEvent.DutyDecided)recorded.Happened).Year))
        {
            var (last, duty) = (decided.Last(), (AgencyEvent.DutyDecided)decided.Last().Happened);
            yield return Duties.Row(duty.Agency.Code, duty.Year, last.Position, duty.Owes, duty.Reason.Text, last.At);
        }
        foreach (var recorded in all)
        {
            if (NameBefore(recorded.Happened) is { } before)
            {
                yield return WordIndex.Renaming(AgencyDecider.Apply((AgencyEvent)recorded.Happened), before, recorded.Position);
            }
        }
        var entry = AgencyDecider.Apply((AgencyEvent)all[^1].Happened);
        yield return Successions.Row(entry.Code, all[^1].Position, entry.Successors.ToArray());
        yield return Row(all[^1]);
    }

    /// <summary>All that new events of one body change in the read models.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Changes(IReadOnlyList<RecordedEvent> events) =>
        WordIndex.Upserts(Rows(events), events[0].Position - 1).Concat(BodyHistory.Changes(events));

    /// <summary>The entry's row after this event.</summary>
    public static ModelRow Row(RecordedEvent recorded)
    {
        var agency = AgencyDecider.Apply((AgencyEvent)recorded.Happened);
        return Table.Row(
            agency.Code, recorded.Version, recorded.Position, agency.Name, agency.Region, Name(agency.Level), Name(agency.Kind),
            agency.Supervisor, agency.Line, agency.ValidFrom, agency.ValidTo, Json.Bytes(agency));
    }

    /// <summary>The name that the event put another in the place of; null where it left the name alone.</summary>
    private static string? NameBefore(object happened) => happened switch
    {
        AgencyEvent.AgencyRenamed renamed => renamed.From,
        AgencyEvent.AgencyChanged changed => changed.Changes.FirstOrDefault(change => change.Path == "/name")?.From,
        _ => null,
    };

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
