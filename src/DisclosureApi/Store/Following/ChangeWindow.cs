namespace DisclosureApi.Store.Following;

/// <summary>The last changes, as all who listen find them in memory, and the task that ends when there is another window.</summary>
/// <param name="from">All changes behind this position are here.</param>
internal sealed class ChangeWindow(long from, long to, Change[] changes)
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _to = to;

    public long From => from;

    /// <summary>Up to where was looked.</summary>
    public long To => Volatile.Read(ref _to);

    public Task Over => _over.Task;

    /// <summary>The position of the newest change that is known; while there is none, where the looking began.</summary>
    public long Last => changes is [.., var newest] ? newest.Position : From;

    /// <summary>The same window again, so that all who wait for another are woken.</summary>
    public ChangeWindow Again() => new(From, To, changes);

    /// <summary>The window after more was found, without the oldest where there are too many.</summary>
    public ChangeWindow With(ChangeReading read, int most)
    {
        Change[] all = [.. changes, .. read.Changes];
        var dropped = Math.Max(0, all.Length - most);
        return new ChangeWindow(dropped > 0 ? all[dropped - 1].Position : From, read.Position, all[dropped..]);
    }

    /// <summary>It was looked further and nothing was found: nobody need be woken for that.</summary>
    public void Reach(long position) => Volatile.Write(ref _to, position);

    public void End() => _over.TrySetResult();

    /// <summary>The next changes behind a position that lies in the window.</summary>
    public ChangeReading After(long position, int limit)
    {
        // What is looked up to is read first: a window that reaches further meanwhile has no more changes in it.
        var end = To;
        var first = Array.FindIndex(changes, change => change.Position > position);
        var next = first < 0 ? [] : changes.AsSpan(first, Math.Min(limit, changes.Length - first)).ToArray();
        return new ChangeReading(next, next.Length == limit ? next[^1].Position : end);
    }
}
