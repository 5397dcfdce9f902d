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

    /// <summary>Every cell of all forms, in the order of their pointers. The place of a cell in this list is its index, by which the numbers of a report are kept.</summary>
    public static IReadOnlyList<Cell> Cells { get; } =
        [.. All.SelectMany(format => format.Tables).SelectMany(table => table.Cells).DistinctBy(cell => cell.Address).OrderBy(cell => cell.Address.Pointer, StringComparer.Ordinal)];

    private static readonly FrozenDictionary<CellAddress, int> _indices = Cells.Index().ToFrozenDictionary(cell => cell.Item.Address, cell => cell.Index);

    private static readonly FrozenDictionary<string, int> _byPointer = Cells.Index().ToFrozenDictionary(cell => cell.Item.Address.Pointer, cell => cell.Index, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Range> _ranges = TableKeys.ToFrozenDictionary(
        table => table, table => new Range(Cells.Count(cell => string.CompareOrdinal(cell.Address.Table, table) < 0), Cells.Count(cell => string.CompareOrdinal(cell.Address.Table, table) <= 0)), StringComparer.Ordinal);

    private static readonly FrozenDictionary<CellAddress, ReportFormat> _owned =
        (from cell in Cells
         let formats = All.Where(format => format.Table(cell.Address.Table).Find(cell.Address) is not null).ToList()
         where formats.Count == 1
         select (cell.Address, Format: formats[0])).ToFrozenDictionary(owned => owned.Address, owned => owned.Format);

    public static ReportFormat? ByKey(string? key) => key is null ? null : _byKey.GetValueOrDefault(key);

    /// <summary>The form that reports of this year must follow; null before the first form.</summary>
    public static ReportFormat? ForYear(int year) => All.FirstOrDefault(format => format.AppliesTo(year));

    /// <summary>The cell of this address in whichever form has it. Where two forms share a cell, both mean the same kind of number by it.</summary>
    public static Cell? FindCell(CellAddress address) => IndexOf(address) is >= 0 and var index ? Cells[index] : null;

    /// <summary>The same, by the JSON pointer of the address.</summary>
    public static Cell? FindCell(string pointer) => IndexOf(pointer) is >= 0 and var index ? Cells[index] : null;

    /// <summary>Where the cell of this address stands among <see cref="Cells"/>; −1 where no form has such a cell.</summary>
    public static int IndexOf(CellAddress address) => _indices.TryGetValue(address, out var index) ? index : -1;

    /// <summary>The same, by the JSON pointer of the address.</summary>
    public static int IndexOf(string pointer) => _byPointer.TryGetValue(pointer, out var index) ? index : -1;

    /// <summary>The indices of the cells that any form has in this table.</summary>
    public static Range RangeOf(string table) => _ranges.GetValueOrDefault(table);

    /// <summary>The form that alone has this cell; null where several have it, or none.</summary>
    public static ReportFormat? OwnerOf(CellAddress address) => _owned.GetValueOrDefault(address);
}
