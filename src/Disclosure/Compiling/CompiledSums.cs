using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Compiling;

/// <summary>Reports added up cell by cell. A cell that nobody gives has no sum: what is not given is not zero.</summary>
public static class CompiledSums
{
    /// <summary>The form of the year's compiled reports.</summary>
    public static ReportFormat FormOf(int year) => KnownFormats.ForYear(year) ?? throw new ArgumentOutOfRangeException(nameof(year), year, "has no official form");

    public static IEnumerable<Cell> CellsOf(ReportFormat form) => form.Tables.SelectMany(table => table.Cells);

    /// <summary>Sums by JSON pointer, in its order; only of cells that at least one report gives.</summary>
    public static SortedDictionary<string, decimal> Of(ReportFormat form, IReadOnlyCollection<ReportContent> reports)
    {
        var sums = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var cell in CellsOf(form))
        {
            foreach (var value in reports.Select(report => report.Cell(cell.Address)).OfType<decimal>())
            {
                sums[cell.Address.Pointer] = ReportContent.Normalised(sums.GetValueOrDefault(cell.Address.Pointer) + value);
            }
        }
        return sums;
    }

    /// <summary>What was added to each cell after it was summed.</summary>
    public static Dictionary<string, decimal> Adjusted(IEnumerable<Adjustment> adjustments) =>
        adjustments.GroupBy(adjustment => adjustment.Cell, StringComparer.Ordinal).ToDictionary(cell => cell.Key, cell => cell.Sum(adjustment => adjustment.Amount), StringComparer.Ordinal);

    /// <summary>The figure that stands in a cell: its sum and its adjustments; null where there is neither.</summary>
    public static decimal? Figure(IReadOnlyDictionary<string, decimal> sums, IReadOnlyDictionary<string, decimal> adjusted, string cell)
    {
        decimal? sum = sums.TryGetValue(cell, out var members) ? members : null;
        return adjusted.TryGetValue(cell, out var amount) ? ReportContent.Normalised((sum ?? 0) + amount) : sum;
    }

    /// <summary>The content with these figures in the place of all it had, and the forms they follow.</summary>
    public static ReportContent Into(ReportContent content, ReportFormat form, IReadOnlyDictionary<string, decimal> sums, IReadOnlyDictionary<string, decimal> adjusted)
    {
        content = content with { Cells = ReportContent.Empty.Cells };
        content = KnownFormats.TableKeys.Aggregate(content, (begun, table) => begun.With($"/forms/{table}", form.Key));
        return CellsOf(form).Aggregate(content, (filled, cell) => Figure(sums, adjusted, cell.Address.Pointer) is { } value ? filled.With(cell.Address, value) : filled);
    }
}
