using Npgsql;
using NpgsqlTypes;

namespace DisclosureApi.Statistics.Sums;

/// <summary>A report that counts, as it stood at a position, where the register placed its body at the end of the report year.</summary>
internal sealed record CountedReport(string Agency, string Name, int Year, string Region, string Level, string Kind, bool IsVertical, bool IsOwed, byte[] Cells);

/// <summary>Reads the reports that count, one by one. Each body's year counts once, by the revision that was public; what was withdrawn does not.</summary>
internal static class FigureReader
{
    /// <summary>A row of a table that held at $1.</summary>
    public static string Held(string table) => $"{table}.from_position <= $1 and ({table}.to_position is null or {table}.to_position > $1)";

    /// <summary>The period of the register that a report year is counted in.</summary>
    public const string InPeriod = $"b.since <= {YearEnd} and (b.until is null or b.until >= {YearEnd})";

    private const string YearEnd = "make_date(f.year, 12, 31)";

    public const string Owes = "coalesce(d.owes, b.valid_from <= make_date(f.year, 12, 31) and (b.valid_to is null or b.valid_to >= make_date(f.year, 1, 1)))";

    /// <summary>All that is told of a report.</summary>
    public const string Everything = $"f.agency, b.name, f.year, b.region, b.level, b.kind, b.line is not null, {Owes}, f.cells";

    /// <summary>Whether it is owed, and its numbers: for who looks at many reports and names none.</summary>
    public const string Numbers = $"{Owes}, f.cells";

    /// <summary>The same with whose it is.</summary>
    public const string Named = $"{Owes}, f.agency, b.name, b.region, f.cells";

    /// <summary>Every report that held at $1, with its body.</summary>
    private static readonly string _counted =
        $"""
        from bodies b join figures f on f.agency = b.agency and {Held("f")} and {InPeriod}
        left join duty_rulings d on d.agency = f.agency and d.year = f.year and {Held("d")}
        where {Held("b")} and f.year between $2 and $3
        """;

    /// <summary>
    /// Of the reports that held at $1 those that something happened to behind $4 and up to $5. Each is looked up, because they
    /// are few among many: its body first, which tells whether it lies in the scope at all. What ended is told by its position
    /// alone, or all reports of the year would be gone through beside.
    /// </summary>
    private static readonly string _touched =
        $"""
        with touched as materialized (
            select agency, year from figures where from_position > $4 and from_position <= $5 and year between $2 and $3
            union select agency, year from (select agency, year from figures where to_position > $4 and to_position <= $5 offset 0) as ended where year between $2 and $3
            union select agency, year from duty_rulings where from_position > $4 and from_position <= $5 and year between $2 and $3
            union select f.agency, f.year from bodies b join figures f on f.agency = b.agency where b.from_position > $4 and b.from_position <= $5 and f.year between $2 and $3)
        select {Everything}
        from touched t
        cross join lateral (select b.* from bodies b, (select t.year) as f where b.agency = t.agency and {Held("b")} and {InPeriod} offset 0) as b
        cross join lateral (select h.agency, h.year, h.cells from figures h where h.agency = b.agency and h.year = t.year and {Held("h")} offset 0) as f
        left join lateral (select r.owes from duty_rulings r where r.agency = f.agency and r.year = f.year and {Held("r")} offset 0) as d on true
        where true
        """;

    /// <summary>The reports of a scope at a position.</summary>
    /// <param name="isEveryKind">Whether a scope that names no kind means compiled reports too.</param>
    /// <param name="touched">Only those that something happened to between two positions; null for all.</param>
    /// <param name="columns">What is read of each; of those that something happened to, everything.</param>
    public static NpgsqlCommand Command(
        NpgsqlDataSource database, long position, int from, int to, Scope scope, bool isEveryKind = false, (long After, long Until)? touched = null, string columns = Everything)
    {
        var sql = touched is null ? $"select {columns} {_counted}" : _touched;
        var command = database.CreateCommand();
        if (touched is null && scope.Prefix is null)
        {
            sql = Of(sql, position, from, to);
        }
        else
        {
            Add(position, NpgsqlDbType.Bigint);
            Add(from, NpgsqlDbType.Integer);
            Add(to, NpgsqlDbType.Integer);
        }
        if (touched is var (after, until))
        {
            Add(after, NpgsqlDbType.Bigint);
            Add(until, NpgsqlDbType.Bigint);
        }
        if (scope.Prefix is { } prefix)
        {
            sql += $" and b.region >= {Add(prefix, NpgsqlDbType.Text)} and b.region < {Add(scope.PrefixEnd!, NpgsqlDbType.Text)}";
        }
        if (scope.Line is { } line)
        {
            sql += $" and b.line = {Add(line, NpgsqlDbType.Text)}";
        }
        sql += scope.Kind is { } kind ? $" and b.kind = {Add(kind, NpgsqlDbType.Text)}" : isEveryKind ? "" : $" and b.kind <> '{Scope.Compiled}'";
        sql += scope.Level is { } level ? $" and b.level = {Add(level, NpgsqlDbType.Text)}" : "";
        sql += scope.Tree is { } tree ? $" and b.line is {(tree == "vertical" ? "not null" : "null")}" : "";
        command.CommandText = sql;
        return command;

        string Add(object value, NpgsqlDbType type)
        {
            command.Parameters.Add(new() { Value = value, NpgsqlDbType = type });
            return $"${command.Parameters.Count}";
        }
    }

    /// <summary>
    /// The statement for this position and these years alone: one that is prepared for any is planned as if few reports held
    /// there, and takes twice as long among all reports.
    /// </summary>
    private static string Of(string sql, long position, int from, int to)
    {
        var told = sql.Replace("$1", $"{position}", StringComparison.Ordinal).Replace("$2", $"{from}", StringComparison.Ordinal).Replace("$3", $"{to}", StringComparison.Ordinal);
        return from == to ? told.Replace("make_date(f.year,", $"make_date({from},", StringComparison.Ordinal) : told;
    }

    public static CountedReport Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetBoolean(6), row.GetBoolean(7), row.GetFieldValue<byte[]>(8));
}
