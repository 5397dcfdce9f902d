using Npgsql;

namespace DisclosureApi.Store;

/// <summary>Events to store in one stream, all or none, and what read models say of them.</summary>
/// <param name="ExpectedVersion">The version of the stream that the decision was made on; 0 for a stream that is not there.</param>
/// <param name="Unchanged">Another stream that the decision read, which must still be at this version.</param>
/// <param name="Project">
/// The changes of read models, computed from the events with their positions and stored with them. It may be asked more
/// than once, for other positions, until the events have found their place.
/// </param>
public sealed record Append(
    string Stream, string StreamType, long ExpectedVersion, IReadOnlyList<object> Events, Provenance Provenance,
    StreamVersion? Unchanged, Func<IReadOnlyList<StoredEvent>, IEnumerable<NpgsqlBatchCommand>> Project)
{
    /// <summary>Rows that every append to such a stream leaves, stored before the other changes: for all appends of a batch in one statement for each table.</summary>
    public Func<IReadOnlyList<StoredEvent>, IEnumerable<ModelRow>> Standing { get; init; } = static _ => [];
}

public sealed record StreamVersion(string Stream, long Version);

/// <summary>What became of an append.</summary>
public abstract record AppendResult
{
    private AppendResult()
    {
    }

    public sealed record Stored(IReadOnlyList<StoredEvent> Events) : AppendResult;

    /// <summary>Someone else was faster.</summary>
    public sealed record Conflict(long ActualVersion) : AppendResult;
}
