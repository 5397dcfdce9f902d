using DisclosureApi.Benchmarks.Measuring;
using DisclosureApi.Store;

namespace DisclosureApi.Benchmarks.Appends;

/// <summary>A writer through the product's store, on a stream of its own, naming the version it expects.</summary>
internal sealed class StoreWriter(EventStore store) : IClient
{
    private readonly string _stream = $"store-{Guid.CreateVersion7():N}";
    private long _version;

    public async Task StepAsync()
    {
        var append = new Append(_stream, "report", _version, [Sample.Event], Sample.Provenance, null, _ => []);
        _version = await store.AppendAsync(append, CancellationToken.None) is AppendResult.Stored(var stored)
            ? stored[^1].Version
            : throw new InvalidOperationException("A writer alone on its stream met another.");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
