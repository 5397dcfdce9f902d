using Disclosure.Formats;

namespace Disclosure.Documents.Tables;

/// <summary>
/// Reads the order of table 3's columns from its headers. The headers stand in two or three rows whose cells do not stand
/// above each other, so that only labels of one row can be compared by place.
/// </summary>
internal static class ApplicationsHeader
{
    private const string Table = "applications";
    private static readonly IReadOnlyList<Column> _columns = KnownFormats.All[0].Table(Table).Blocks[0].Columns;
    private static readonly string _spanning = FormWords.Words(_columns.First(column => column.Under is not null).Under!);

    private static readonly string _total = FormWords.Words(_columns[^1].Label);

    /// <summary>The columns in the order they are printed; null when that cannot be told.</summary>
    public static IReadOnlyList<Column>? Read(IEnumerable<SourceRow> rows, TableReading reading)
    {
        var hits = HeaderFinder.Find(rows, [.. _columns.Select(column => FormWords.Words(column.Label)), _spanning, RowFinder.OtherTotal])
            .Select(hit => hit.Words == RowFinder.OtherTotal ? hit with { Words = _total } : hit).DistinctBy(hit => hit.Words).ToDictionary(hit => hit.Words, StringComparer.Ordinal);
        foreach (var column in _columns)
        {
            if (hits.TryGetValue(FormWords.Words(column.Label), out var hit))
            {
                reading.Compare($"/tables/{Table}/{KnownFormats.All[0].Table(Table).Rows.First().Key}/{column.Key}", hit.Printed, column.Label);
            }
        }
        var missing = _columns.Any(column => !hits.ContainsKey(FormWords.Words(column.Label)));
        if (missing)
        {
            reading.Tell(ReadingNotes.HeaderMissing, $"/tables/{Table}");
        }
        var order = Order(hits, missing);
        if (order is not null && !order.SequenceEqual(_columns))
        {
            reading.Tell(ReadingNotes.HeaderReordered, $"/tables/{Table}");
        }
        return order;
    }

    private static IReadOnlyList<Column>? Order(Dictionary<string, HeaderHit> hits, bool missing)
    {
        var inside = Sorted([.. _columns.Where(column => column.Under is not null).Select(column => (column, HitOf(column, hits)))]);
        if (inside is null || SkipsCells([.. _columns.Where(column => column.Under is not null)], hits))
        {
            return null;
        }
        var spanning = hits.GetValueOrDefault(_spanning) ?? inside.Select(column => HitOf(column, hits)).FirstOrDefault(hit => hit is not null);
        var middle = inside[0];
        var outer = Sorted([.. _columns.Where(column => column.Under is null || column == _columns.First(inner => inner.Under is not null))
            .Select(column => (column.Under is null ? column : middle, column.Under is null ? HitOf(column, hits) : spanning))]);
        IReadOnlyList<Column>? order = outer is null ? null : [.. outer.SelectMany(column => column == middle ? inside : [column])];
        // Without the label that spans them, nobody knows where the columns stand that it spans.
        return order is null || ((missing || !hits.ContainsKey(_spanning)) && !order.SequenceEqual(_columns)) ? null : order;
    }

    /// <summary>Whether labels that are known stand farther from each other than the form's do: what stands between is another column by another name, and nobody knows which.</summary>
    private static bool SkipsCells(List<Column> columns, Dictionary<string, HeaderHit> hits)
    {
        var known = columns.Select((column, at) => (Hit: HitOf(column, hits), At: at)).Where(column => column.Hit is not null).ToList();
        return known.Count < columns.Count
            && known.Zip(known.Skip(1)).Any(pair => pair.First.Hit!.Row == pair.Second.Hit!.Row && pair.Second.Hit.Cell - pair.First.Hit.Cell > pair.Second.At - pair.First.At);
    }

    private static HeaderHit? HitOf(Column column, Dictionary<string, HeaderHit> hits) => hits.GetValueOrDefault(FormWords.Words(column.Label));

    /// <summary>Columns by place when all stand in one row; in the form's order when nothing printed speaks against it; else null.</summary>
    private static List<Column>? Sorted(List<(Column Column, HeaderHit? Hit)> columns)
    {
        var rows = columns.Where(column => column.Hit is not null).GroupBy(column => column.Hit!.Row).ToList();
        if (rows.Count == 1 && rows[0].Count() == columns.Count)
        {
            return [.. columns.OrderBy(column => column.Hit!.Cell).Select(column => column.Column)];
        }
        var contradicted = rows.Any(row => row.Zip(row.Skip(1)).Any(pair => pair.First.Hit!.Cell > pair.Second.Hit!.Cell));
        return contradicted ? null : [.. columns.Select(column => column.Column)];
    }
}
