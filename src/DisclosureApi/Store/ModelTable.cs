using Npgsql;
using NpgsqlTypes;

namespace DisclosureApi.Store;

/// <summary>A table of a read model. Its rows are data, which an append turns into upserts and a rebuild into a COPY, so that the two cannot differ.</summary>
public sealed class ModelTable
{
    private readonly string _upsert;

    /// <param name="name">The table's name in the schema.</param>
    /// <param name="keys">How many of the columns, from the first, are its primary key.</param>
    /// <param name="columns">All its columns.</param>
    public ModelTable(string name, int keys, params (string Name, NpgsqlDbType Type)[] columns)
    {
        (Name, Columns) = (name, columns);
        ColumnNames = Names(columns);
        var places = string.Join(", ", columns.Select((_, i) => $"${i + 1}"));
        var changes = string.Join(", ", columns.Skip(keys).Select(column => $"{column.Name} = excluded.{column.Name}"));
        _upsert = $"({ColumnNames}) values ({places}) on conflict ({Names(columns.Take(keys))}) do update set {changes}";
        Upsert = UpsertInto(name);
    }

    public string Name { get; }

    public IReadOnlyList<(string Name, NpgsqlDbType Type)> Columns { get; }

    /// <summary>The names of the columns as SQL lists them.</summary>
    public string ColumnNames { get; }

    /// <summary>The upsert of one row into this table.</summary>
    internal string Upsert { get; }

    public ModelRow Row(params object?[] values) => new(this, values);

    /// <summary>The upsert of one row into another table of the same columns.</summary>
    internal string UpsertInto(string table) => $"insert into {table} {_upsert}";

    private static string Names(IEnumerable<(string Name, NpgsqlDbType Type)> columns) => string.Join(", ", columns.Select(column => column.Name));
}

/// <summary>One row of a read model as it is after an event.</summary>
public sealed record ModelRow(ModelTable Table, IReadOnlyList<object?> Values)
{
    public NpgsqlBatchCommand Upsert() => Upsert(Table.Upsert);

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
