using Npgsql;
using NpgsqlTypes;

namespace DisclosureApi.Store;

/// <summary>The statements that store appends, many rows at a time.</summary>
internal static class AppendBatch
{
    public const long Lock = 0x4453_434c_4150;

    /// <summary>SQLSTATE of the function that finds another end, or another version of a stream, than the one believed in.</summary>
    public const string Moved = "DSMVD";

    private const NpgsqlDbType Texts = NpgsqlDbType.Array | NpgsqlDbType.Varchar;
    private const NpgsqlDbType Numbers = NpgsqlDbType.Array | NpgsqlDbType.Bigint;
    private const NpgsqlDbType Jsons = NpgsqlDbType.Array | NpgsqlDbType.Jsonb;

    /// <summary>
    /// The rows and what read models make of them. Sent by itself this is a transaction in one round trip, because what is
    /// sent together commits together: the lock, the proof that the end and the versions are as believed, the rows. When
    /// the proof fails, nothing of it happens.
    /// </summary>
    /// <param name="versions">The versions that the streams are believed to have.</param>
    public static void Fill(NpgsqlBatch batch, Tail believed, Dictionary<string, long> versions, IReadOnlyList<PlacedAppend> placed)
    {
        batch.BatchCommands.Add(Rows(believed, versions, placed));
        foreach (var rows in placed.SelectMany(append => append.Pending.Append.Standing(append.Events)).GroupBy(row => row.Table))
        {
            batch.BatchCommands.Add(rows.Key.UpsertAll([.. rows]));
        }
        foreach (var append in placed)
        {
            foreach (var command in append.Pending.Append.Project(append.Events))
            {
                batch.BatchCommands.Add(command);
            }
        }
    }

    private static NpgsqlBatchCommand Rows(Tail believed, Dictionary<string, long> versions, IReadOnlyList<PlacedAppend> placed)
    {
        var command = new NpgsqlBatchCommand("select disclosure_store($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)");
        Add(command, NpgsqlDbType.Bigint, believed.Position);
        AddStreams(command, versions, placed);
        Add(command, NpgsqlDbType.TimestampTz, placed[0].Events[0].At);
        AddEvents(command, placed);
        return command;
    }

    /// <summary>Each stream once, as it is before and as the last of its appends leaves it; then those that decisions only read.</summary>
    private static void AddStreams(NpgsqlBatchCommand command, Dictionary<string, long> versions, IReadOnlyList<PlacedAppend> placed)
    {
        var last = new Dictionary<string, PlacedAppend>(placed.Count, StringComparer.Ordinal);
        foreach (var append in placed)
        {
            last[append.Pending.Append.Stream] = append;
        }
        var others = versions.Where(version => !last.ContainsKey(version.Key)).ToList();
        Add(command, Texts, last.Keys.ToArray());
        Add(command, Texts, last.Values.Select(append => append.Pending.Append.StreamType).ToArray());
        Add(command, Numbers, last.Keys.Select(stream => versions[stream]).ToArray());
        Add(command, Numbers, last.Values.Select(append => append.Events[^1].Version).ToArray());
        Add(command, Texts, others.ConvertAll(other => other.Key).ToArray());
        Add(command, Numbers, others.ConvertAll(other => other.Value).ToArray());
    }

    private static void AddEvents(NpgsqlBatchCommand command, IReadOnlyList<PlacedAppend> placed)
    {
        var events = placed.SelectMany(append => append.Events).ToList();
        var rows = placed.SelectMany(append => append.Pending.Rows).ToList();
        Add(command, NpgsqlDbType.Array | NpgsqlDbType.Uuid, rows.ConvertAll(row => row.Id).ToArray());
        Add(command, Texts, events.ConvertAll(stored => stored.Stream).ToArray());
        Add(command, Numbers, events.ConvertAll(stored => stored.Version).ToArray());
        Add(command, Texts, rows.ConvertAll(row => row.Type).ToArray());
        Add(command, Texts, rows.ConvertAll(row => row.DotnetType).ToArray());
        Add(command, Texts, events.ConvertAll(stored => stored.Provenance.Request).ToArray());
        Add(command, Texts, events.ConvertAll(stored => stored.Provenance.Actor).ToArray());
        Add(command, Jsons, rows.ConvertAll(row => row.Data).ToArray());
        Add(command, Jsons, rows.ConvertAll(row => row.Headers).ToArray());
    }

    private static void Add<T>(NpgsqlBatchCommand command, NpgsqlDbType type, T value) =>
        command.Parameters.Add(new NpgsqlParameter<T> { NpgsqlDbType = type, TypedValue = value });
}
