using System.Text.Json.Serialization;

namespace DisclosureApi.Store;

/// <summary>An event with its envelope, as it stands in the store.</summary>
/// <param name="Position">Its place in the one order of all events, from 1 without a gap.</param>
/// <param name="Version">Its place in its stream, from 1 without a gap.</param>
/// <param name="At">Never before the time of the event before it, in microseconds.</param>
public sealed record StoredEvent(long Position, Guid Id, string Stream, long Version, DateTimeOffset At, object Happened, Provenance Provenance)
{
    public RecordedEvent Recorded => new(Position, Version, At, Provenance.Actor, Happened);
}

/// <summary>What read models may see of an event. There is no more to it, so that rows made with the event and rows made long after it are the same.</summary>
public sealed record RecordedEvent(long Position, long Version, DateTimeOffset At, string Actor, object Happened);

/// <summary>Who did it, for whom and in which request. THE JSON NAMES ARE A STORAGE FORMAT.</summary>
/// <param name="Actor">Pseudonymous id; the person behind it stands in a table that redaction can reach.</param>
/// <param name="Role">The role acted in.</param>
/// <param name="Agency">Code of the body acted for.</param>
/// <param name="Client">The OAuth client that asked.</param>
/// <param name="Request">Id of the request, also in the logs.</param>
public sealed record Provenance(
    [property: JsonIgnore] string Actor,
    string Role,
    string? Agency,
    string? Client,
    [property: JsonIgnore] string Request);

/// <summary>The headers of an event as stored: its provenance and a salt of its own, so that nobody can guess an event from its hash.</summary>
public sealed record EventHeaders(string Role, string? Agency, string? Client, string Salt);
