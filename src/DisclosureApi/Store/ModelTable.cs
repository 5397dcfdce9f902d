using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace DisclosureApi.Store;

/// <summary>A table of a read model. Its rows are data, which an append turns into upserts and a rebuild into a COPY, so that the two cannot differ.</summary>
public sealed class ModelTable
{
    private readonly int _keys;
    private readonly string _upsert;
    private readonly string _upsertAll;

    /// <param name="name">The table's name in the schema.</param>
    /// <param name="keys">How many of the columns, from the first, are its primary key.</param>
    /// <param name="columns">All its columns.</param>
    public ModelTable(string name, int keys, params (string Name, NpgsqlDbType Type)[] columns)
    {
        (Name, Columns, _keys) = (name, columns, keys);
        ColumnNames = Names(columns);
        var places = string.Join(", ", columns.Select((_, i) => $"${i + 1}"));
        var changes = string.Join(", ", columns.Skip(keys).Select(column => $"{column.Name} = excluded.{column.Name}"));
        var onConflict = $"on conflict ({Names(columns.Take(keys))}) do update set {changes}";
        _upsert = $"({ColumnNames}) values ({places}) {onConflict}";
        _upsertAll = $"insert into {name} ({ColumnNames}) select {ColumnNames} from jsonb_to_recordset($1) as rows ({string.Join(", ", columns.Select(column => $"{column.Name} {TypeName(column.Type)}"))}) {onConflict}";
        Upsert = UpsertInto(name);
    }

    public string Name { get; }

    public IReadOnlyList<(string Name, NpgsqlDbType Type)> Columns { get; }

    /// <summary>The names of the columns as SQL lists them.</summary>
    public string ColumnNames { get; }

    /// <summary>The upsert of one row into this table.</summary>
    internal string Upsert { get; }

    public ModelRow Row(params object?[] values) => new(this, values);

    /// <summary>
    /// The upsert of many rows in one statement, which costs the database a fraction of as many statements. Of rows with one
    /// key the last stands.
    /// </summary>
    internal NpgsqlBatchCommand UpsertAll(IReadOnlyList<ModelRow> rows)
    {
        if (rows is [var only])
        {
            return only.Upsert();
        }
        var last = new Dictionary<string, ModelRow>(rows.Count, StringComparer.Ordinal);
        foreach (var row in rows)
        {
            last[string.Join('\n', row.Values.Take(_keys))] = row;
        }
        var command = new NpgsqlBatchCommand(_upsertAll);
        command.Parameters.Add(new() { Value = ModelRow.Json(last.Values), NpgsqlDbType = NpgsqlDbType.Jsonb });
        return command;
    }

    private static string TypeName(NpgsqlDbType type) => type.HasFlag(NpgsqlDbType.Array)
        ? $"{TypeName(type & ~NpgsqlDbType.Array)}[]"
        : type switch { NpgsqlDbType.TimestampTz => "timestamptz", _ => type.ToString().ToLowerInvariant() };

    /// <summary>The upsert of one row into another table of the same columns.</summary>
    internal string UpsertInto(string table) => $"insert into {table} {_upsert}";

    private static string Names(IEnumerable<(string Name, NpgsqlDbType Type)> columns) => string.Join(", ", columns.Select(column => column.Name));
}

/// <summary>One row of a read model as it is after an event.</summary>
public sealed record ModelRow(ModelTable Table, IReadOnlyList<object?> Values)
{
    public NpgsqlBatchCommand Upsert() => Upsert(Table.Upsert);

    /// <summary>Rows as a list of JSON objects, their columns by name.</summary>
    internal static byte[] Json(IEnumerable<ModelRow> rows) => Http.Json.Bytes(writer =>
    {
        writer.WriteStartArray();
        foreach (var row in rows)
        {
            writer.WriteStartObject();
            for (var i = 0; i < row.Values.Count; i++)
            {
                writer.WritePropertyName(row.Table.Columns[i].Name);
                Write(writer, row.Values[i]);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case DateTimeOffset at:
                // To the microsecond, as the database keeps it.
                writer.WriteStringValue(at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
                break;
            case string[] texts:
                writer.WriteStartArray();
                foreach (var text in texts)
                {
                    writer.WriteStringValue(text);
                }
                writer.WriteEndArray();
                break;
            default:
                throw new InvalidOperationException($"A column of {value.GetType().Name} is stored row by row.");
        }
    }

    /// <summary>The upsert into the table that stands in for the row's own while it is made anew.</summary>
    internal NpgsqlBatchCommand Upsert(string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        for (var i = 0; i < Values.Count; i++)
        {
            command.Parameters.Add(new() { Value = Values[i] ?? DBNull.Value, NpgsqlDbType = Table.Columns[i].Type });
        }
        return command;
    }
}
