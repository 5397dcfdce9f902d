using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Statistics;

/// <summary>One number that reports are added up by. Cells that two forms share are one number, except in table 2, whose forms count different things.</summary>
/// <param name="Index">Its place in a <see cref="FigureVector"/>.</param>
/// <param name="Table">Key of the table; in table 2 with the form: proactive2019, proactive2021.</param>
public sealed record FigureSlot(int Index, string Table, Cell Cell)
{
    /// <summary>Amounts are kept in the smallest unit that the form allows, so that sums are exact.</summary>
    public Int128 Scale { get; } = (Int128)Enumerable.Range(0, Cell.Column.Decimals).Aggregate(1m, (scale, _) => scale * 10);

    public string Code => $"{Table}.{Cell.Row.Key}.{Cell.Column.Key}";

    public Int128 ToUnits(decimal value) => (Int128)(value * (decimal)Scale);

    public decimal FromUnits(Int128 units) => Scale == 1 ? (decimal)units : ReportContent.Normalised((decimal)units / (decimal)Scale);
}

/// <summary>Every number of every form, in an order that stored vectors rely on: a new form adds its own at the end, and read models are made anew.</summary>
public static class FigureSlots
{
    public const string Proactive = "proactive";

    public static IReadOnlyList<FigureSlot> All { get; } =
    [
        .. KnownFormats.All.Reverse()
            .SelectMany(format => format.Tables.SelectMany(table => table.Cells.Select(cell => (Table: KeyOf(table.Key, format), Cell: cell))))
            .DistinctBy(entry => (entry.Table, entry.Cell.Address))
            .Select((entry, index) => new FigureSlot(index, entry.Table, entry.Cell)),
    ];

    private static readonly Dictionary<(string Table, CellAddress Address), FigureSlot> _byAddress = All.ToDictionary(slot => (slot.Table, slot.Cell.Address));

    /// <summary>The slot of a cell in a table that follows this form; null for a cell that the form does not have.</summary>
    public static FigureSlot? Find(CellAddress address, ReportFormat format) => _byAddress.GetValueOrDefault((KeyOf(address.Table, format), address));

    /// <summary>The slot of a cell outside table 2.</summary>
    public static FigureSlot Of(string table, string row, string column) => _byAddress[(table, new CellAddress(table, row, column))];

    /// <summary>Tables 3 and 4 count the same things in every form; table 2 does not, so its series are never joined.</summary>
    public static string KeyOf(string table, ReportFormat format) => table == Proactive ? table + format.Key : table;
}
