using Disclosure.Formats;

namespace Disclosure.Rules.Tables;

/// <summary>How messages name cells: by the form's own labels in Chinese, by the API's keys in English.</summary>
internal static class Labels
{
    public static string Zh(Row row) => row.Under.Count > 0 ? $"{row.Under[^1]}/{row.Label}" : row.Label;

    public static string Zh(Column column) => column.Label;

    public static string Zh(Cell cell) => $"{Zh(cell.Row)}/{Zh(cell.Column)}";

    public static string En(Cell cell) => $"{cell.Row.Key}/{cell.Column.Key}";
}
