namespace DisclosureApi.Store.Rebuilding;

/// <summary>Gathers rows and copies them into the new tables, a thousand at a time, while the next are being made.</summary>
internal sealed class RowBuffer(ShadowTables shadow, CancellationToken cancellation)
{
    // Rows hold whole published bodies, so this many may be some tens of megabytes.
    private const int MostRows = 1_000;

    private List<ModelRow> _rows = [];
    private Task _copying = Task.CompletedTask;

    public async ValueTask AddAsync(IEnumerable<ModelRow> rows)
    {
        _rows.AddRange(rows);
        if (_rows.Count >= MostRows)
        {
            await FlushAsync();
        }
    }

    /// <summary>Sends what is left and waits until it has arrived.</summary>
    public async Task FinishAsync()
    {
        await FlushAsync();
        await _copying;
    }

    /// <summary>A connection carries one copy at a time, so the one before is waited for.</summary>
    private async Task FlushAsync()
    {
        await _copying;
        var full = _rows;
        _rows = [];
        _copying = Task.Run(() => CopyAsync(full), cancellation);
    }

    private async Task CopyAsync(List<ModelRow> rows)
    {
        foreach (var table in rows.GroupBy(row => row.Table))
        {
            await shadow.CopyAsync(table.Key, [.. table], cancellation);
        }
    }
}
