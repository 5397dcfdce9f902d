using System.Globalization;
using Disclosure.Formats;

namespace Disclosure.Rules.Examples;

/// <summary>Larger changes of the clean report's table 3, written out cell by cell, with every sum put right.</summary>
internal static class ExampleRequests
{
    private static readonly Table _table = Format2021.Value.Table("applications");
    private static readonly IReadOnlyList<string> _results = _table.Rows.Single(row => row.SumOf.Count > 0).SumOf;
    private static readonly IReadOnlyList<string> _classes = _table.Blocks[0].Columns.Single(column => column.SumOf.Count > 0).SumOf;

    /// <summary>Section one without the figures that are changed in the table.</summary>
    private static (string Path, string? Value) WithoutFigures => ("/sections/overview", ProseExamples.OverviewWith("依申请公开工作规范有序。"));

    /// <summary>These values for one class of applicants; what was received, the total handled and all totals follow.</summary>
    public static Example Changed(string column, IReadOnlyList<(string Row, int Value)> values)
    {
        var clean = ExampleReport.For(ExampleReport.Year, Format2021.Value);
        var changes = new Dictionary<string, decimal>(StringComparer.Ordinal);
        decimal Of(string row, string key) => changes.TryGetValue($"{row}/{key}", out var value) ? value : clean.Requests(row, key)!.Value;
        foreach (var (row, value) in values)
        {
            changes[$"{row}/{column}"] = value;
        }
        changes[$"totalHandled/{column}"] = _results.Sum(row => Of(row, column));
        changes[$"received/{column}"] = Of("totalHandled", column) + Of("carriedOver", column) - Of("carriedIn", column);
        foreach (var row in changes.Keys.Select(key => key.Split('/')[0]).Distinct(StringComparer.Ordinal).ToList())
        {
            changes[$"{row}/total"] = _classes.Sum(key => Of(row, key));
        }
        return Example.Of([WithoutFigures, .. changes.Select(change => ($"/tables/applications/{change.Key}", (string?)change.Value.ToString(CultureInfo.InvariantCulture)))]);
    }

    /// <summary>One request in all, with this result; last year there was none, and no dispute in either.</summary>
    public static IReadOnlyList<(string Path, string? Value)> Single(string row) =>
    [
        WithoutFigures,
        .. from cell in _table.Cells.Concat(Format2021.Value.Table("disputes").Cells)
           let isOne = (cell.Row.Key == row || cell.Row.Key is "received" or "totalHandled") && (cell.Column.Key is "naturalPerson" or "total")
           select (cell.Address.Pointer, (string?)(isOne ? "1" : "0")),
        .. from cell in _table.Cells.Concat(Format2021.Value.Table("disputes").Cells)
           select ($"/surroundings/previous{cell.Address.Pointer}", (string?)"0"),
    ];

    /// <summary>Nothing but totals, this year and last.</summary>
    public static IEnumerable<(string Path, string? Value)> OnlyTotals() =>
        _table.Cells.Where(cell => cell.Column.SumOf.Count == 0).SelectMany(cell => new (string, string?)[]
        {
            (cell.Address.Pointer, "0"), ($"/surroundings/previous{cell.Address.Pointer}", "0"),
        }).Prepend(WithoutFigures);

    /// <summary>Rows whose values moved one column to the left, so that the first class is lost and the total stands under the last.</summary>
    public static IReadOnlyList<(string Path, string? Value)> Shifted(params IReadOnlyList<string> rows)
    {
        var clean = ExampleReport.For(ExampleReport.Year, Format2021.Value);
        string? Shown(string row, int i) => i == _classes.Count
            ? "0"
            : (i < _classes.Count - 1 ? clean.Requests(row, _classes[i + 1]) : _classes.Skip(1).Sum(key => clean.Requests(row, key)))!.Value.ToString(CultureInfo.InvariantCulture);

        return [WithoutFigures, .. from row in rows
                   from i in Enumerable.Range(0, _classes.Count + 1)
                   select ($"/tables/applications/{row}/{(i == _classes.Count ? "total" : _classes[i])}", Shown(row, i))];
    }
}
