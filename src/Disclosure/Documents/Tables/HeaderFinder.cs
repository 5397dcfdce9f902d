namespace Disclosure.Documents.Tables;

/// <summary>A column's label found in the header of a table.</summary>
internal sealed record HeaderHit(string Words, int Row, int Cell, SourceCell Printed);

/// <summary>Finds the labels of columns in the rows above the numbers. A label may be cut in two and stand in two rows.</summary>
internal static class HeaderFinder
{
    /// <summary>No header is larger than this, and what stands outside is not looked at.</summary>
    private const int MostRows = 12;
    private const int MostCells = 40;

    public static List<HeaderHit> Find(IEnumerable<SourceRow> rows, IReadOnlyCollection<string> wanted)
    {
        var hits = new List<HeaderHit>();
        var parts = new Dictionary<int, HeaderHit>();
        var unknown = new List<HeaderHit>();
        foreach (var (row, at) in rows.Take(MostRows).Select((row, at) => (row, at)))
        {
            for (var i = 0; i < Math.Min(row.Cells.Count, MostCells); i++)
            {
                var words = Label.Parse(row.Cells[i].Text).Words;
                if (string.IsNullOrEmpty(words))
                {
                    continue;
                }
                if (wanted.Contains(words))
                {
                    hits.Add(new HeaderHit(words, at, i, row.Cells[i]));
                    continue;
                }
                var whole = parts.TryGetValue(i, out var part) ? part with { Words = part.Words + words } : new HeaderHit(words, at, i, row.Cells[i]);
                parts[i] = whole;
                unknown.Add(new HeaderHit(words, at, i, row.Cells[i]));
                if (wanted.Contains(whole.Words))
                {
                    hits.Add(whole with { Printed = whole.Printed with { Text = whole.Words } });
                    parts.Remove(i);
                    unknown.RemoveAll(hit => hit.Cell == i);
                }
            }
        }
        var missing = wanted.Except(hits.Select(hit => hit.Words)).ToList();
        hits.AddRange(unknown.Select(hit => (hit, Likeness.Best(hit.Words, missing, word => word)))
            .Where(alike => alike.Item2 is not null).Select(alike => alike.hit with { Words = alike.Item2! }));
        return [.. hits.OrderBy(hit => hit.Row).ThenBy(hit => hit.Cell)];
    }
}
