using System.Text.Json;
using System.Text.Json.Serialization;
using Disclosure.Canonical;

namespace DisclosureApi.Store;

/// <summary>An append that waits for its place, and the caller who waits for the answer.</summary>
internal sealed class PendingAppend(Append append) : IThreadPoolWorkItem
{
    // Whoever tells the caller chooses the thread on which the caller goes on.
    private readonly TaskCompletionSource<AppendResult> _answer = new();

    private Exception? _fault;
    private AppendResult? _result;

    public Append Append => append;

    /// <summary>The events as their rows will hold them; made by the caller, because the line serves one batch at a time.</summary>
    public IReadOnlyList<EventRow> Rows { get; } = [.. append.Events.Select(happened => EventRow.Of(happened, append.Provenance))];

    public Task<AppendResult> Answer => _answer.Task;

    public Guid FirstId => Rows[0].Id;

    public int Size => Rows.Count;

    /// <summary>What became of it, to be told when the whole batch is decided.</summary>
    public void Decide(AppendResult result) => (_result, _fault) = (result, null);

    public void Fail(Exception fault) => (_result, _fault) = (null, fault);

    /// <summary>Answers the caller, who goes on at once on this thread.</summary>
    public void Execute()
    {
        if (_result is not null)
        {
            _answer.SetResult(_result);
        }
        else
        {
            _answer.SetException(_fault ?? new InvalidOperationException("The append line decided nothing of this append."));
        }
    }

    /// <summary>The events at their place after this position.</summary>
    public PlacedAppend After(long position, DateTimeOffset at) => new(this, [.. append.Events.Select((happened, i) =>
        new StoredEvent(position + 1 + i, Rows[i].Id, append.Stream, append.ExpectedVersion + 1 + i, at, happened, append.Provenance))]);
}

/// <summary>An append at the place it will have if everything is as it is believed to be.</summary>
internal sealed record PlacedAppend(PendingAppend Pending, IReadOnlyList<StoredEvent> Events);

/// <summary>What an event's row holds wherever it finds its place.</summary>
/// <param name="Id">Given once, so that after a lost answer the store can be asked whether the event is in it.</param>
internal sealed record EventRow(Guid Id, string Type, string DotnetType, string Data, string Headers)
{
    private static readonly JsonSerializerOptions HeaderOptions = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Characters of its JSON.</summary>
    public int Size => Data.Length + Headers.Length;

    public static EventRow Of(object happened, Provenance by)
    {
        var headers = new EventHeaders(by.Role, by.Agency, by.Client, CommittedText.NewSalt());
        return new EventRow(
            Guid.CreateVersion7(), EventCodec.NameOf(happened), EventCodec.DotnetTypeOf(happened), EventCodec.Encode(happened),
            JsonSerializer.Serialize(headers, HeaderOptions));
    }

    public static EventHeaders ReadHeaders(string json) => JsonSerializer.Deserialize<EventHeaders>(json, HeaderOptions)!;
}
