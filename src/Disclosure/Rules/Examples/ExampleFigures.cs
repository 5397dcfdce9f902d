using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Rules.Examples;

/// <summary>The clean report's figures: each sum holds, and each year goes on from the one before.</summary>
internal static class ExampleFigures
{
    /// <summary>Table 2 of the form of 2021, by row and column, for a year that is this many years after 2021.</summary>
    private static readonly (string Cell, Func<int, decimal> Value)[] _proactive2021 =
    [
        ("governmentRules/made", _ => 0), ("governmentRules/repealed", _ => 0), ("governmentRules/inForce", _ => 0),
        ("normativeDocuments/made", _ => 3), ("normativeDocuments/repealed", _ => 1), ("normativeDocuments/inForce", years => 12 + (2 * years)),
        ("licensing/decisions", years => 241 + (7 * years)),
        ("penalties/decisions", years => 38 + years), ("compulsoryMeasures/decisions", years => 6 + years),
        ("fees/amount", years => 12.5m + years),
    ];

    private static readonly (string Cell, Func<int, decimal> Value)[] _proactive2019 =
    [
        ("governmentRules/newlyMade", _ => 0), ("governmentRules/newlyPublished", _ => 0), ("governmentRules/totalPublic", _ => 0),
        ("normativeDocuments/newlyMade", _ => 4), ("normativeDocuments/newlyPublished", _ => 4), ("normativeDocuments/totalPublic", years => 21 + (4 * years)),
        ("licensing/previousItems", years => 46 + (2 * years)), ("licensing/change", _ => 2), ("licensing/decisions", years => 198 + (5 * years)),
        ("otherServices/previousItems", years => 61 - years), ("otherServices/change", _ => -1), ("otherServices/decisions", years => 530 + (8 * years)),
        ("penalties/previousItems", years => 72 + (3 * years)), ("penalties/change", _ => 3), ("penalties/decisions", years => 29 + years),
        ("compulsoryMeasures/previousItems", years => 11 + years), ("compulsoryMeasures/change", _ => 1), ("compulsoryMeasures/decisions", years => 8 + years),
        ("fees/previousItems", years => 5 + years), ("fees/change", _ => 1),
        ("procurement/projects", years => 7 + years), ("procurement/amount", years => 251.3m + years),
    ];

    private static readonly (string Cell, int Value)[] _disputes =
    [
        ("reconsideration/upheld", 5), ("reconsideration/corrected", 2), ("reconsideration/otherResult", 1), ("reconsideration/pending", 1),
        ("litigation/upheld", 1), ("litigation/corrected", 1), ("litigation/otherResult", 1), ("litigation/pending", 0),
        ("litigationAfterReconsideration/upheld", 3), ("litigationAfterReconsideration/corrected", 1),
        ("litigationAfterReconsideration/otherResult", 1), ("litigationAfterReconsideration/pending", 1),
    ];

    public static ReportContent Fill(int year, ReportFormat form)
    {
        var years = year - form.FirstYear;
        var proactive = form.Key == Format2021.Value.Key ? _proactive2021 : _proactive2019;
        var content = proactive.Aggregate(ReportContent.Empty, (all, cell) => all.With(Address("proactive", cell.Cell), cell.Value(years)));
        content = _disputes.Aggregate(content, (all, cell) => all.With(Address("disputes", cell.Cell), cell.Value + (cell.Cell == "reconsideration/upheld" ? year % 5 : 0)));
        return Totals(Requests(content, year, form.Table("applications")), form);
    }

    /// <summary>Each class of applicants has some of each result; what is carried over in one year is carried in in the next.</summary>
    private static ReportContent Requests(ReportContent content, int year, Table table)
    {
        var results = table.Rows.Single(row => row.SumOf.Count > 0).SumOf;
        foreach (var (j, column) in table.Blocks[0].Columns.Where(column => column.SumOf.Count == 0).Index())
        {
            var handled = 0;
            foreach (var (i, row) in results.Index())
            {
                var value = row == "granted" ? 30 - (4 * j) + (year % 4) : row.StartsWith("otherHandling", StringComparison.Ordinal) ? 1 + (j % 2) : ((i * 7) + (j * 3) + year) % 4;
                content = content.With(new CellAddress(table.Key, row, column.Key), value);
                handled += value;
            }
            content = content
                .With(new CellAddress(table.Key, "carriedIn", column.Key), Carried(year - 1, j))
                .With(new CellAddress(table.Key, "carriedOver", column.Key), Carried(year, j))
                .With(new CellAddress(table.Key, "received", column.Key), handled + Carried(year, j) - Carried(year - 1, j))
                .With(new CellAddress(table.Key, "totalHandled", column.Key), handled);
        }
        return content;
    }

    private static int Carried(int year, int column) => ((year + column) % 3) + 1;

    private static ReportContent Totals(ReportContent content, ReportFormat form) => form.Tables
        .SelectMany(table => table.Cells)
        .Where(cell => cell.Column.SumOf.Count > 0)
        .Aggregate(content, (all, cell) => all.With(cell.Address, cell.Column.SumOf.Sum(key => all.Cell(cell.Address with { Column = key })!.Value)));

    private static CellAddress Address(string table, string cell) => CellAddress.Parse($"/tables/{table}/{cell}")!.Value;
}
