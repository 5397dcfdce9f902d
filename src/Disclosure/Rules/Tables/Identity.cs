using System.Collections.Frozen;
using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Rules.Tables;

/// <summary>
/// An equation that the form prints: what stands on the left adds up to what stands on the right. Sums and balances are
/// data of the form, so that one rule serves every total of every form.
/// </summary>
/// <param name="Left">The stated side: the total, or the first side of a balance.</param>
public sealed record Identity(Cell Anchor, IReadOnlyList<CellAddress> Left, IReadOnlyList<CellAddress> Right)
{
    private readonly int[] _left = [.. Left.Select(KnownFormats.IndexOf)];
    private readonly int[] _right = [.. Right.Select(KnownFormats.IndexOf)];

    /// <summary>Both sides' sums, or null while a cell is not given: what is not known is not judged.</summary>
    public (decimal Left, decimal Right)? Sums(ReportContent content) =>
        content.Cells.Sum(_left) is { } left && content.Cells.Sum(_right) is { } right ? (left, right) : null;

    public bool Touches(CellAddress address) => Left.Contains(address) || Right.Contains(address);

    /// <summary>The value that this cell alone would need for the identity to hold.</summary>
    public decimal? Mended(ReportContent content, CellAddress address) =>
        Sums(content) is var (left, right) && content.Cell(address) is { } value
            ? Left.Contains(address) ? value + right - left : value + left - right
            : null;
}

/// <summary>The identities of a table, by kind.</summary>
public static class Identities
{
    private static readonly FrozenDictionary<Table, IReadOnlyList<Identity>> _rows = OfEach(RowsOf);
    private static readonly FrozenDictionary<Table, IReadOnlyList<Identity>> _columns = OfEach(table => ColumnsOf(table, []));
    private static readonly FrozenDictionary<Table, IReadOnlyList<Identity>> _balances = OfEach(BalancesOf);

    /// <summary>In each row, the total column is the sum of its columns.</summary>
    public static IReadOnlyList<Identity> OfRows(Table table) => _rows[table];

    /// <summary>In each column, the total row is the sum of its rows. An undivided row beside the divided ones counts too.</summary>
    public static IReadOnlyList<Identity> OfColumns(RuleInput input, string table) =>
        !input.IsWhole(table) && Undivided(input.Table(table), input.Content) is { Count: > 0 } undivided ? [.. ColumnsOf(input.Table(table), undivided)] : _columns[input.Table(table)];

    /// <summary>In each column, the balance that the form prints above the table.</summary>
    public static IReadOnlyList<Identity> OfBalances(Table table) => _balances[table];

    private static FrozenDictionary<Table, IReadOnlyList<Identity>> OfEach(Func<Table, IEnumerable<Identity>> identities) =>
        KnownFormats.All.SelectMany(format => format.Tables).Distinct().ToFrozenDictionary(table => table, table => (IReadOnlyList<Identity>)[.. identities(table)]);

    private static IEnumerable<Identity> RowsOf(Table table) =>
        from cell in table.Cells
        where cell.Column.SumOf.Count > 0
        select new Identity(cell, [cell.Address], [.. cell.Column.SumOf.Select(key => cell.Address with { Column = key })]);

    private static IEnumerable<Identity> ColumnsOf(Table table, IReadOnlyList<string> undivided) =>
        from cell in table.Cells
        where cell.Row.SumOf.Count > 0
        select new Identity(cell, [cell.Address], [.. cell.Row.SumOf.Concat(undivided).Select(key => cell.Address with { Row = key })]);

    private static IEnumerable<Identity> BalancesOf(Table table) =>
        from balance in table.Balances
        from cell in table.Cells
        where cell.Row.Key == balance.Left[0]
        select new Identity(cell,
            [.. balance.Left.Select(key => cell.Address with { Row = key })],
            [.. balance.Right.Select(key => cell.Address with { Row = key })]);

    /// <summary>Rows that other forms have and this one divides, where the filing gives them nevertheless.</summary>
    private static List<string> Undivided(Table table, ReportContent content) =>
    [
        .. content.Cells.Keys
            .Where(address => address.Table == table.Key && table.Find(address) is null)
            .Select(address => address.Row)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];
}
