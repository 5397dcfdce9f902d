namespace DisclosureApi.Store.Following;

/// <summary>
/// The last events that this host stored, as it sent them, without a gap: who follows right behind takes them from here,
/// and the database need not be asked for what was only just given to it. Where another host's events lie between, they
/// are not here.
/// </summary>
internal sealed class RecentEvents
{
    /// <summary>
    /// Characters of JSON: what a busy host stores while who follows is woken. More would be carried along by every
    /// collection of garbage, at which all writers wait.
    /// </summary>
    private const long Most = 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<(StoredEvent Stored, EventRow Row)> _events = new();
    private long _end;
    private long _size;

    /// <summary>Adds what was committed.</summary>
    public void Add(IReadOnlyList<PlacedAppend> placed)
    {
        lock (_gate)
        {
            foreach (var append in placed)
            {
                for (var i = 0; i < append.Events.Count; i++)
                {
                    Add(append.Events[i], append.Pending.Rows[i]);
                }
            }
        }
    }

    /// <summary>The events right behind a position; none where they are not here. What lies before it is held no longer.</summary>
    public IReadOnlyList<(StoredEvent Stored, EventRow Row)> After(long position, int limit)
    {
        lock (_gate)
        {
            while (_events.TryPeek(out var first) && first.Stored.Position <= position)
            {
                Drop();
            }
            return _events.TryPeek(out var next) && next.Stored.Position == position + 1 ? [.. _events.Take(limit)] : [];
        }
    }

    private void Add(StoredEvent stored, EventRow row)
    {
        if (stored.Position != _end + 1)
        {
            _events.Clear();
            _size = 0;
        }
        _events.Enqueue((stored, row));
        (_end, _size) = (stored.Position, _size + row.Size);
        while (_size > Most)
        {
            Drop();
        }
    }

    private void Drop() => _size -= _events.Dequeue().Row.Size;
}
