using Disclosure.Ledger;
using DisclosureApi.Store;
using DisclosureApi.Store.Local;

namespace DisclosureApi.Ledger;

/// <summary>The key that this host signs checkpoints with. Hosts that share a database share the file.</summary>
public sealed class LedgerKey(Settings settings) : IDisposable
{
    internal const string FileName = "ledger.key";

    public NoteKey Key { get; } = NoteKey.Of(KeyFile.Open(
        settings.LedgerKeyFile ?? Path.Combine(DataDirectory.Create(settings.DataDirectory), FileName), "the ledger's key, which signs its checkpoints"));

    public void Dispose() => Key.Dispose();
}
