namespace Disclosure.Documents;

/// <summary>Turns rows that belong to no official table back into the lines they were printed as.</summary>
internal static class Prose
{
    /// <summary>Adds the lines of a row: cells printed on one line stay side by side.</summary>
    public static void AddProse(this List<Entry> entries, SourceRow row)
    {
        var from = 0;
        while (from < row.Cells.Count)
        {
            var to = from + 1;
            while (to < row.Cells.Count && row.Cells[to].Line == row.Cells[from].Line)
            {
                to++;
            }
            entries.AddLines(row.Cells, from, to);
            from = to;
        }
    }

    private static void AddLines(this List<Entry> entries, IReadOnlyList<SourceCell> cells, int from, int to)
    {
        var printed = to - from == 1 ? cells[from].Text : string.Join('\t', cells.Skip(from).Take(to - from).Select(cell => cell.Text));
        var line = cells[from].Line;
        if (!printed.Contains('\n', StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(printed))
        {
            entries.Add(new Entry(null, new SourceRow([new SourceCell(printed, line, cells[from].Column)], null)));
            return;
        }
        foreach (var text in printed.Split('\n'))
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                entries.Add(new Entry(null, new SourceRow([new SourceCell(text, line, cells[from].Column)], null)));
            }
            line++;
        }
    }
}
