using System.Runtime.CompilerServices;

namespace DisclosureApi.Store;

/// <summary>
/// Goes on when the pool has come to everything that was queued before. Those who were just answered run first, and when
/// they come back at once their next appends share a transaction; it takes no timer, and no time when the pool is idle.
/// </summary>
internal readonly struct BehindTheOthers : ICriticalNotifyCompletion
{
    public bool IsCompleted => false;

    public BehindTheOthers GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => ThreadPool.QueueUserWorkItem(static go => go(), continuation, preferLocal: false);

    public void UnsafeOnCompleted(Action continuation) => ThreadPool.UnsafeQueueUserWorkItem(static go => go(), continuation, preferLocal: false);
}
