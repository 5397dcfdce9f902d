using System.Collections.Frozen;

namespace Disclosure.Formats;

/// <summary>A column of an official table, with the label the form prints.</summary>
/// <param name="Key">Name in the API, e.g. <c>naturalPerson</c>.</param>
/// <param name="Label">The form's own words, e.g. 自然人.</param>
public sealed record Column(string Key, string Label)
{
    /// <summary>The spanning header above this column, e.g. 法人或其他组织.</summary>
    public string? Under { get; init; }

    /// <summary>The unit the form prints or implies, where it is not a plain count.</summary>
    public string? Unit { get; init; }

    /// <summary>Decimal places allowed; 0 makes the column a count.</summary>
    public int Decimals { get; init; }

    /// <summary>Only 本年增/减 of the 2019 form may be negative.</summary>
    public bool Signed { get; init; }

    /// <summary>Keys of the columns that this one must add up to; empty for a column that is no total.</summary>
    public IReadOnlyList<string> SumOf { get; init; } = [];
}

/// <summary>A row of an official table, with the label the form prints.</summary>
/// <param name="Key">Name in the API, e.g. <c>refused.stateSecret</c>.</param>
/// <param name="Label">The form's own words, with their ordinal.</param>
public sealed record Row(string Key, string Label)
{
    /// <summary>The labels of the spanning cells before this row's own, outermost first.</summary>
    public IReadOnlyList<string> Under { get; init; } = [];

    /// <summary>Where the row comes from: articles of the regulation (政府信息公开条例), or a document number.</summary>
    public string? Article { get; init; }

    /// <summary>Keys of the rows that this one must add up to; empty for a row that is no total.</summary>
    public IReadOnlyList<string> SumOf { get; init; } = [];
}

/// <summary>Rows that share columns. Table 2 has one block for each item of article 20; the others are one block.</summary>
public sealed record Block(IReadOnlyList<Row> Rows, IReadOnlyList<Column> Columns)
{
    public string? Caption { get; init; }
    public string? Article { get; init; }
}

/// <summary>An identity printed in the form: in every column, the left rows add up to what the right rows add up to.</summary>
public sealed record Balance(IReadOnlyList<string> Left, IReadOnlyList<string> Right);

/// <summary>One number's place in the form: its address, its row and its column.</summary>
public sealed record Cell(CellAddress Address, Row Row, Column Column, Block Block);

/// <summary>An official table as data.</summary>
public sealed class Table
{
    private readonly FrozenDictionary<CellAddress, Cell> _byAddress;

    public Table(string key, string caption, IReadOnlyList<Block> blocks, IReadOnlyList<Balance> balances)
    {
        (Key, Caption, Blocks, Balances) = (key, caption, blocks, balances);
        Cells = [.. from block in blocks
                    from row in block.Rows
                    from column in block.Columns
                    select new Cell(new CellAddress(key, row.Key, column.Key), row, column, block)];
        _byAddress = Cells.ToFrozenDictionary(cell => cell.Address);
    }

    /// <summary>Name in the API; also the key of the section the table stands in.</summary>
    public string Key { get; }
    public string Caption { get; }
    public string? Note { get; init; }

    /// <summary>件 for the two tables that count cases.</summary>
    public string? Unit { get; init; }
    public IReadOnlyList<Block> Blocks { get; }
    public IReadOnlyList<Balance> Balances { get; }

    /// <summary>Every cell, in the order of the printed form.</summary>
    public IReadOnlyList<Cell> Cells { get; }

    /// <summary>The indices of the cells among all that there are in any form.</summary>
    internal IReadOnlyList<int> Indices => field ??= [.. Cells.Select(cell => KnownFormats.IndexOf(cell.Address))];

    public IEnumerable<Row> Rows => Blocks.SelectMany(block => block.Rows);

    public Cell? Find(CellAddress address) => _byAddress.GetValueOrDefault(address);
}
