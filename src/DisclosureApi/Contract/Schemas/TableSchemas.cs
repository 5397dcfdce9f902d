using Disclosure.Contents;
using Disclosure.Formats;
using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract.Schemas;

/// <summary>The official tables: every row and column of every form there has been, made from the forms themselves.</summary>
internal static class TableSchemas
{
    public static string Name(string table) => $"{char.ToUpperInvariant(table[0])}{table[1..]}Table";

    public static IEnumerable<(string Name, OpenApiSchema Schema)> All()
    {
        foreach (var key in KnownFormats.TableKeys)
        {
            var rows = RowsOf(key);
            // Rows that share their columns share a schema; a table of 1 shape and 27 rows is told in a tenth of the words.
            var isUniform = rows.Select(row => string.Join(' ', row.Columns.Select(column => column.Key))).Distinct(StringComparer.Ordinal).Count() == 1;
            var shared = $"{Name(key)}Row";
            if (isUniform)
            {
                yield return (shared, Row("The cells of one row.", rows[0].Columns));
            }
            yield return (Name(key), Closed(
                $"{Tables(key).First().Table.Caption}. Rows that only one form has say so.",
                [.. rows.Select(row => (row.Key, isUniform ? (IOpenApiSchema)Named(shared, row.Meaning) : Row(row.Meaning, row.Columns)))]).OrNull());
        }
    }

    private static OpenApiSchema Row(string meaning, IReadOnlyList<FormColumn> columns) =>
        Closed(meaning, [.. columns.Select(column => (column.Key, (IOpenApiSchema)Cell(column)))]).OrNull();

    private static OpenApiSchema Cell(FormColumn form)
    {
        var column = form.Column;
        const long most = (long)CellNumber.MaxCount;
        return (column.Decimals == 0
            ? Integer(form.Meaning, column.Signed ? -most : 0, most)
            : Decimal($"{form.Meaning} At most {column.Decimals} decimal places and 15 significant digits.", column.Signed ? -most : 0, most)).OrNull();
    }

    /// <summary>The rows of all forms under their keys, newest form first, each with what the forms say of it.</summary>
    private static List<FormRow> RowsOf(string table) =>
    [
        .. from form in Tables(table)
           from block in form.Table.Blocks
           from row in block.Rows
           group (form.Format, block, row) by row.Key into same
           select new FormRow(
               same.Key,
               Told(same.Select(entry => (entry.Format.Key, Label(entry.block, entry.row)))),
               [
                   .. from entry in same
                      from column in entry.block.Columns
                      group (entry.Format, column) by column.Key into cells
                      select new FormColumn(cells.Key, Told(cells.Select(cell => (cell.Format.Key, Label(cell.column)))), cells.First().column),
               ]),
    ];

    private static IEnumerable<(ReportFormat Format, Table Table)> Tables(string key) => KnownFormats.All.Select(format => (format, format.Table(key)));

    /// <summary>The labels, with the form they are of where the forms differ.</summary>
    private static string Told(IEnumerable<(string Form, string Label)> labels)
    {
        var all = labels.ToList();
        return all.Count == KnownFormats.All.Count && all.TrueForAll(entry => entry.Label == all[0].Label)
            ? $"{all[0].Label}."
            : string.Join(' ', all.Select(entry => $"Form of {entry.Form}: {entry.Label}."));
    }

    private static string Label(Block block, Row row)
    {
        IEnumerable<string?> parts = [block.Caption, .. row.Under, row.Label];
        var basis = row.Article ?? block.Article;
        var sum = row.SumOf.Count > 0 ? "; the sum of the results above" : "";
        return $"{string.Join(" / ", parts.OfType<string>())}{sum}{(basis is null ? "" : $" (条例 {basis})")}";
    }

    private static string Label(Column column)
    {
        var under = column.Under is null ? "" : $"{column.Under} / ";
        var unit = column.Unit is null ? "" : $", in {column.Unit}";
        var sum = column.SumOf.Count > 0 ? "; the sum of the other columns" : "";
        return $"{under}{column.Label}{unit}{sum}{(column.Signed ? "; may be negative" : "")}";
    }

    private sealed record FormRow(string Key, string Meaning, IReadOnlyList<FormColumn> Columns);

    private sealed record FormColumn(string Key, string Meaning, Column Column);
}
