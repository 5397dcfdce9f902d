namespace Disclosure.Formats;

/// <summary>Names one cell of one table by the keys of the form; the same path is its place in the JSON of a report.</summary>
public readonly record struct CellAddress(string Table, string Row, string Column)
{
    /// <summary>The JSON pointer (RFC 6901) inside a report's content. No key holds a character that would need escaping.</summary>
    public string Pointer => $"/tables/{Table}/{Row}/{Column}";

    /// <summary>Reads <c>/tables/{table}/{row}/{column}</c>; anything else is null. Whether a form has such a cell is for the form to say.</summary>
    public static CellAddress? Parse(string pointer) =>
        KnownFormats.FindCell(pointer)?.Address
        ?? (pointer.StartsWith("/tables/", StringComparison.Ordinal) && pointer.Split('/') is ["", "tables", var table, var row, var column]
            ? new CellAddress(table, row, column)
            : null);

    public bool Equals(CellAddress other) => Column == other.Column && Row == other.Row && Table == other.Table;

    /// <summary>Every rule looks cells up, so that hashing whole keys would cost more than the rules. These few characters tell all cells of all forms apart.</summary>
    public override int GetHashCode() => (((Telling(Row) * 31) + Telling(Column)) * 31) + Table.Length;

    public override string ToString() => Pointer;

    private static int Telling(string key) => key.Length == 0 ? 0 : (((key.Length * 31) + key[^1]) * 31) + key[key.Length / 2];
}
