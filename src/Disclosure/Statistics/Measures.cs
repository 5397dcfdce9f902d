using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Statistics;

/// <summary>A sum over reports: a cell, or the cells of a group of rows.</summary>
/// <param name="Code">Name in the API: table, row and column; in table 3 without the column, which the class of applicants tells.</param>
/// <param name="Form">The form whose table 2 it stands in; null where all forms count the same.</param>
/// <param name="Unit">件, 万元, or as the form has it.</param>
public sealed record Measure(string Code, Message Name, string Table, string? Form, string? Unit, IReadOnlyList<IReadOnlyList<string>> Alternatives, string? Column)
{
    /// <summary>Found once for all reports.</summary>
    private readonly Dictionary<string, FigureSlot[][]> _slots = RatePlaces.Classes.ToDictionary(
        column => column.Key,
        column => Alternatives.Select(rows => rows.Select(row => Measures.SlotOf(Table, Form, row, Column ?? column.Key)).ToArray()).ToArray());

    /// <summary>Whether it is told for each class of applicants.</summary>
    public bool IsByClass => Column is null;

    /// <summary>The slots of each alternative; in table 3 those of the class.</summary>
    public IReadOnlyList<IReadOnlyList<FigureSlot>> Slots(string applicantClass) => _slots[applicantClass];

    /// <summary>The places of all of them, in rising order.</summary>
    public IReadOnlyList<int> AllSlots(string applicantClass) => [.. _slots[applicantClass].SelectMany(slots => slots).Select(slot => slot.Index).Distinct().Order()];

    /// <summary>The sum in the form's unit, and how many reports give all that it is made of.</summary>
    public (decimal Value, long Given) In(FigureSum sum, string applicantClass)
    {
        var (value, given) = (0m, 0L);
        foreach (var slots in Slots(applicantClass))
        {
            value += slots.Sum(slot => slot.FromUnits(sum.Units(slot)));
            given += slots.Min(sum.Given);
        }
        return (value, given);
    }

    /// <summary>One report's figure; null where it does not give all that it is made of.</summary>
    public decimal? In(FigureVector report, string applicantClass)
    {
        foreach (var slots in _slots[applicantClass])
        {
            // Rows that are added up stand in one column, and so have one unit.
            Int128? units = 0;
            foreach (var slot in slots)
            {
                units += report[slot.Index];
            }
            if (units is { } sum)
            {
                return slots[0].FromUnits(sum);
            }
        }
        return null;
    }
}

/// <summary>Everything that can be added up, under public codes.</summary>
public static class Measures
{
    /// <summary>Groups of rows of table 3 that stand under one heading of the form.</summary>
    private static readonly (string Key, string Zh, string En)[] _groups =
    [
        ("refused", "（三）不予公开", "Refused"), ("unavailable", "（四）无法提供", "Unavailable"),
        ("unprocessed", "（五）不予处理", "Not processed"), ("otherHandling", "（六）其他处理", "Handled otherwise"),
    ];

    /// <summary>The outcomes of requests, as the form groups them.</summary>
    public static IReadOnlyList<string> Outcomes { get; } = ["granted", "partiallyGranted", .. _groups.Select(group => group.Key)];

    public static IReadOnlyList<Measure> All { get; } = [.. Requests(), .. Disputes(), .. KnownFormats.All.SelectMany(Proactive)];

    private static readonly Dictionary<string, Measure> _byCode = All.ToDictionary(measure => measure.Code, StringComparer.Ordinal);

    public static Measure? Find(string code) => _byCode.GetValueOrDefault(code);

    internal static FigureSlot SlotOf(string table, string? form, string row, string column) => form is null
        ? FigureSlots.Of(table, row, column)
        : FigureSlots.Find(new CellAddress(table, row, column), KnownFormats.ByKey(form)!)!;

    private static IEnumerable<Measure> Requests()
    {
        var table = Format2021.Value.Table("applications");
        var undivided = Format2019.Value.Table("applications");
        foreach (var row in table.Rows)
        {
            yield return new Measure($"applications.{row.Key}", Named(row), table.Key, null, table.Unit, [[row.Key]], null);
        }
        foreach (var (key, zh, en) in _groups)
        {
            IReadOnlyList<string> rows = [.. table.Rows.Select(row => row.Key).Where(row => row.StartsWith($"{key}.", StringComparison.Ordinal))];
            var isRow = undivided.Rows.Any(row => row.Key == key);
            yield return new Measure($"applications.{key}", new(zh, en), table.Key, null, table.Unit, isRow ? [[key], rows] : [rows], null);
        }
    }

    private static IEnumerable<Measure> Disputes() =>
        from cell in DisputesTable.Value.Cells
        select new Measure($"disputes.{cell.Row.Key}.{cell.Column.Key}", Named(cell), cell.Address.Table, null, DisputesTable.Value.Unit, [[cell.Row.Key]], cell.Column.Key);

    private static IEnumerable<Measure> Proactive(ReportFormat format) =>
        from cell in format.Table(FigureSlots.Proactive).Cells
        select new Measure(
            $"{FigureSlots.KeyOf(FigureSlots.Proactive, format)}.{cell.Row.Key}.{cell.Column.Key}", Named(cell), cell.Address.Table, format.Key, cell.Column.Unit, [[cell.Row.Key]], cell.Column.Key);

    private static Message Named(Row row) => new(string.Join(" / ", [.. row.Under, row.Label]), Words(row.Key));

    private static Message Named(Cell cell) => new($"{string.Join(" / ", [.. cell.Row.Under, cell.Row.Label])} / {cell.Column.Label}", $"{Words(cell.Row.Key)}: {Words(cell.Column.Key)}");

    /// <summary>refused.stateSecret reads as "refused, state secret".</summary>
    private static string Words(string key) => string.Concat(key.Select(letter => letter == '.' ? ", " : char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
}
