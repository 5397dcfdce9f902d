using System.Collections.Frozen;

namespace Disclosure.Formats;

/// <summary>The forms there have been, newest first. A new form is a new data file and a line here.</summary>
public static class KnownFormats
{
    public static IReadOnlyList<ReportFormat> All { get; } = [Format2021.Value, Format2019.Value];

    /// <summary>The first report year that has an official form.</summary>
    public static int FirstYear { get; } = All.Min(format => format.FirstYear);

    public static IReadOnlyList<string> TableKeys { get; } = ["proactive", "applications", "disputes"];

    private static readonly Dictionary<string, ReportFormat> _byKey = All.ToDictionary(format => format.Key, StringComparer.Ordinal);

    private static readonly FrozenDictionary<CellAddress, Cell> _cells =
        All.SelectMany(format => format.Tables).SelectMany(table => table.Cells).DistinctBy(cell => cell.Address).ToFrozenDictionary(cell => cell.Address);

    private static readonly FrozenDictionary<string, Cell> _byPointer = _cells.Values.ToFrozenDictionary(cell => cell.Address.Pointer, StringComparer.Ordinal);

    private static readonly FrozenDictionary<CellAddress, ReportFormat> _owned =
        (from cell in _cells.Values
         let formats = All.Where(format => format.Table(cell.Address.Table).Find(cell.Address) is not null).ToList()
         where formats.Count == 1
         select (cell.Address, Format: formats[0])).ToFrozenDictionary(owned => owned.Address, owned => owned.Format);

    public static ReportFormat? ByKey(string? key) => key is null ? null : _byKey.GetValueOrDefault(key);

    /// <summary>The form that reports of this year must follow; null before the first form.</summary>
    public static ReportFormat? ForYear(int year) => All.FirstOrDefault(format => format.AppliesTo(year));

    /// <summary>The cell of this address in whichever form has it. Where two forms share a cell, both mean the same kind of number by it.</summary>
    public static Cell? FindCell(CellAddress address) => _cells.GetValueOrDefault(address);

    /// <summary>The same, by the JSON pointer of the address.</summary>
    public static Cell? FindCell(string pointer) => _byPointer.GetValueOrDefault(pointer);

    /// <summary>The form that alone has this cell; null where several have it, or none.</summary>
    public static ReportFormat? OwnerOf(CellAddress address) => _owned.GetValueOrDefault(address);
}
