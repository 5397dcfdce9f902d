using Disclosure.Formats;

namespace Disclosure.Documents.Tables;

/// <summary>
/// Reads the order of table 4's fifteen columns. The five results are printed three times; the first five may stand a row
/// above the others, because their group has no parts.
/// </summary>
internal static class DisputesHeader
{
    private const string Table = "disputes";
    private static readonly Block _block = KnownFormats.All[0].Table(Table).Blocks[0];
    private static readonly IReadOnlyList<string> _results = [.. _block.Columns.Select(column => FormWords.Words(column.Label))];
    private static readonly IReadOnlyList<string> _groups = [.. _block.Rows.Select(row => FormWords.Words(row.Label))];

    /// <summary>The label that spans both kinds of suits.</summary>
    private static readonly string _suits = FormWords.Words(_block.Rows[^1].Under[0]);

    /// <summary>The cells in the order they are printed; null when that cannot be told.</summary>
    public static IReadOnlyList<CellAddress>? Read(IEnumerable<SourceRow> header, TableReading reading)
    {
        var hits = HeaderFinder.Find(header, [.. _results, .. _groups, _suits]);
        var results = Results(hits);
        IReadOnlyList<CellAddress> official = [.. _block.Rows.SelectMany(row => _block.Columns.Select(column => new CellAddress(Table, row.Key, column.Key)))];
        if (results.Count != official.Count)
        {
            reading.Tell(ReadingNotes.HeaderMissing, $"/tables/{Table}");
            return official;
        }
        var groups = GroupOrder(hits, results);
        var order = groups is null ? null : results.Select((hit, i) => new CellAddress(Table, groups[i / _results.Count].Key, ColumnOf(hit).Key)).ToList();
        if (order is null || order.Distinct().Count() != official.Count)
        {
            return null;
        }
        if (!order.SequenceEqual(official))
        {
            reading.Tell(ReadingNotes.HeaderReordered, $"/tables/{Table}");
        }
        foreach (var (hit, address) in results.Zip(order))
        {
            reading.Compare(address.Pointer, hit.Printed, ColumnOf(hit).Label);
        }
        return order;
    }

    /// <summary>The last row of the header when it names all fifteen, else all that are named, in reading order.</summary>
    private static List<HeaderHit> Results(List<HeaderHit> hits)
    {
        var all = hits.Where(hit => _results.Contains(hit.Words)).ToList();
        var last = all.Where(hit => hit.Row == all[^1].Row).ToList();
        return last.Count == _results.Count * _groups.Count ? last : all;
    }

    /// <summary>The form's order, or the printed one where the groups stand in another. Only a single row of labels can be told apart then.</summary>
    private static IReadOnlyList<Row>? GroupOrder(List<HeaderHit> hits, List<HeaderHit> results)
    {
        var groups = hits.Where(hit => _groups.Contains(hit.Words)).ToList();
        var rows = groups.GroupBy(hit => hit.Row).ToList();
        if (groups.Find(hit => hit.Words == _groups[0]) is { } reviews && hits.Exists(hit => hit.Words == _suits && hit.Row == reviews.Row && hit.Cell < reviews.Cell))
        {
            // Suits stand before reviews, and how many columns each takes is not told by rows that do not stand above each other.
            return null;
        }
        var inOrder = rows.All(row => row.Select(hit => _groups.ToList().IndexOf(hit.Words)).Order().SequenceEqual(row.Select(hit => _groups.ToList().IndexOf(hit.Words))));
        if (inOrder)
        {
            return _block.Rows;
        }
        var oneRow = rows.Count == 1 && groups.Count == _groups.Count && results.All(hit => hit.Row == results[0].Row);
        return oneRow ? [.. groups.Select(hit => _block.Rows[_groups.ToList().IndexOf(hit.Words)])] : null;
    }

    private static Column ColumnOf(HeaderHit hit) => _block.Columns[_results.ToList().IndexOf(hit.Words)];
}
