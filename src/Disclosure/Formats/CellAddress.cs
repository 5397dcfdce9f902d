namespace Disclosure.Formats;

/// <summary>Names one cell of one table by the keys of the form; the same path is its place in the JSON of a report.</summary>
public readonly record struct CellAddress(string Table, string Row, string Column)
{
    /// <summary>The JSON pointer (RFC 6901) inside a report's content. No key holds a character that would need escaping.</summary>
    public string Pointer => $"/tables/{Table}/{Row}/{Column}";

    /// <summary>Reads <c>/tables/{table}/{row}/{column}</c>; anything else is null. Whether a form has such a cell is for the form to say.</summary>
    public static CellAddress? Parse(string pointer) =>
        pointer.Split('/') is ["", "tables", var table, var row, var column] ? new CellAddress(table, row, column) : null;

    public override string ToString() => Pointer;
}
