using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Statistics;

/// <summary>A sum over reports: a cell, or the cells of a group of rows.</summary>
/// <param name="Code">Name in the API: table, row and column; in table 3 without the column, which the class of applicants tells.</param>
/// <param name="Form">The form whose table 2 it stands in; null where all forms count the same.</param>
/// <param name="Unit">件, 万元, or as the form has it.</param>
/// <param name="Row">Null for a group of rows.</param>
/// <param name="Column">Null where the class of applicants tells it.</param>
public sealed record Measure(string Code, Message Name, string Table, string? Form, string? Unit, string? Row, string? Column)
{
    /// <summary>Found once for all reports.</summary>
    private readonly Dictionary<string, FigureSlot> _slots = Row is null
        ? []
        : RatePlaces.Classes.ToDictionary(column => column.Key, column => Measures.SlotOf(Table, Form, Row, Column ?? column.Key));

    /// <summary>
    /// The share whose numerator a group of rows is; null for a single row. Which reports give a group whole, and which of two
    /// ways to divide it, cannot be told from sums of rows, so that a group is counted where its share is.
    /// </summary>
    public Indicator? Share { get; init; }

    /// <summary>Whether it is told for each class of applicants.</summary>
    public bool IsByClass => Column is null;

    /// <summary>The places of all slots that it is made of, in rising order.</summary>
    public IReadOnlyList<int> AllSlots(string applicantClass) => Share is null ? [_slots[applicantClass].Index] : PlaceOf(applicantClass).AllSlots;

    /// <summary>The sum in the form's unit, and how many reports give all that it is made of.</summary>
    public (decimal Value, long Given) In(FigureSum sum, string applicantClass)
    {
        if (Share is not null)
        {
            var rate = sum.Rate(PlaceOf(applicantClass));
            return ((decimal)rate.Numerator, (long)rate.Assessed);
        }
        var slot = _slots[applicantClass];
        return (slot.FromUnits(sum.Units(slot)), sum.Given(slot));
    }

    /// <summary>One report's figure; null where it does not give all that it is made of.</summary>
    public decimal? In(FigureVector report, string applicantClass)
    {
        if (Share is not null)
        {
            return (decimal?)PlaceOf(applicantClass).Of(report)?.Numerator;
        }
        var slot = _slots[applicantClass];
        return report[slot.Index] is { } units ? slot.FromUnits(units) : null;
    }

    private RatePlace PlaceOf(string applicantClass) => RatePlaces.Find(Share!, applicantClass)!;
}

/// <summary>Everything that can be added up, under public codes.</summary>
public static class Measures
{
    /// <summary>Groups of rows of table 3 that stand under one heading of the form; each has its share of what was handled.</summary>
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
        foreach (var row in table.Rows)
        {
            yield return new Measure($"applications.{row.Key}", Named(row), table.Key, null, table.Unit, row.Key, null);
        }
        foreach (var (key, zh, en) in _groups)
        {
            yield return new Measure($"applications.{key}", new(zh, en), table.Key, null, table.Unit, null, null) { Share = Indicators.Find($"{key}Rate") };
        }
    }

    private static IEnumerable<Measure> Disputes() =>
        from cell in DisputesTable.Value.Cells
        select new Measure($"disputes.{cell.Row.Key}.{cell.Column.Key}", Named(cell), cell.Address.Table, null, DisputesTable.Value.Unit, cell.Row.Key, cell.Column.Key);

    private static IEnumerable<Measure> Proactive(ReportFormat format) =>
        from cell in format.Table(FigureSlots.Proactive).Cells
        select new Measure(
            $"{FigureSlots.KeyOf(FigureSlots.Proactive, format)}.{cell.Row.Key}.{cell.Column.Key}", Named(cell), cell.Address.Table, format.Key, cell.Column.Unit, cell.Row.Key, cell.Column.Key);

    private static Message Named(Row row) => new(string.Join(" / ", [.. row.Under, row.Label]), Words(row.Key));

    private static Message Named(Cell cell) => new($"{string.Join(" / ", [.. cell.Row.Under, cell.Row.Label])} / {cell.Column.Label}", $"{Words(cell.Row.Key)}: {Words(cell.Column.Key)}");

    /// <summary>refused.stateSecret reads as "refused, state secret".</summary>
    private static string Words(string key) => string.Concat(key.Select(letter => letter == '.' ? ", " : char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
}
