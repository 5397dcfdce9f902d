namespace Disclosure.Formats;

/// <summary>The forms there have been, newest first. A new form is a new data file and a line here.</summary>
public static class KnownFormats
{
    public static IReadOnlyList<ReportFormat> All { get; } = [Format2021.Value, Format2019.Value];

    /// <summary>The first report year that has an official form.</summary>
    public static int FirstYear { get; } = All.Min(format => format.FirstYear);

    public static IReadOnlyList<string> TableKeys { get; } = ["proactive", "applications", "disputes"];

    private static readonly Dictionary<string, ReportFormat> _byKey = All.ToDictionary(format => format.Key, StringComparer.Ordinal);

    private static readonly Dictionary<CellAddress, Cell> _cells = AllCells();

    public static ReportFormat? ByKey(string? key) => key is null ? null : _byKey.GetValueOrDefault(key);

    /// <summary>The form that reports of this year must follow; null before the first form.</summary>
    public static ReportFormat? ForYear(int year) => All.FirstOrDefault(format => format.AppliesTo(year));

    /// <summary>The cell of this address in whichever form has it. Where two forms share a cell, both mean the same kind of number by it.</summary>
    public static Cell? FindCell(CellAddress address) => _cells.GetValueOrDefault(address);

    private static Dictionary<CellAddress, Cell> AllCells()
    {
        var cells = new Dictionary<CellAddress, Cell>();
        foreach (var cell in All.SelectMany(format => format.Tables).SelectMany(table => table.Cells))
        {
            cells.TryAdd(cell.Address, cell);
        }
        return cells;
    }
}
