namespace DisclosureApi.Store.Replicas;

/// <summary>
/// What this host knows to have happened. Nobody who asks it is shown less, whichever server the answer is read from: what
/// it acknowledged, what it heard of, and above all what was taken back.
/// </summary>
public sealed class Horizon
{
    private long _known;
    private long _taken;
    private long _rebuild;

    /// <summary>The last event that this host stored or heard of.</summary>
    public long Known => Volatile.Read(ref _known);

    /// <summary>The last withdrawal or removal of words that it heard of. Nothing older is shown, even where nothing newer can be had.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>The last rebuild of the read models that it heard of.</summary>
    public long Rebuild
    {
        get => Volatile.Read(ref _rebuild);
        set => Volatile.Write(ref _rebuild, value);
    }

    public void Reach(long position) => Raise(ref _known, position);

    public void Take(long position) => Raise(ref _taken, position);

    private static void Raise(ref long place, long position)
    {
        for (var before = Volatile.Read(ref place); before < position;)
        {
            var now = Interlocked.CompareExchange(ref place, position, before);
            if (now == before)
            {
                return;
            }
            before = now;
        }
    }
}
