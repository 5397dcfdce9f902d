using System.Text.Json.Nodes;
using Disclosure.Canonical;
using Npgsql;

namespace DisclosureApi.Reports.Redaction;

/// <summary>A text of an event that holds words which must go.</summary>
/// <param name="Path">From the event's data to the text.</param>
/// <param name="Shown">What is read in its place: the same with the words blotted out.</param>
internal sealed record HeldText(long Position, IReadOnlyList<string> Path, string Commitment, string Shown)
{
    /// <summary>As PostgreSQL writes an array of texts.</summary>
    public string Array => $"{{{string.Join(',', Path.Select(name => $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""))}}}";

    public string Pointer => string.Concat(Path.Select(name => $"/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}"));
}

/// <summary>An event of the report as its row is, before anything is removed.</summary>
internal sealed record RawEvent(long Position, long Version, DateTimeOffset At, string Type, string Actor, JsonNode Data);

/// <summary>Looks through a report's events for words.</summary>
internal static class HeldTexts
{
    public static async Task<IReadOnlyList<RawEvent>> ReadAsync(NpgsqlDataSource database, string stream, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select seq_id, version, timestamp, type, user_name, data::text from mt_events where stream_id = $1 order by version");
        command.Parameters.Add(new() { Value = stream });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var events = new List<RawEvent>();
        while (await reader.ReadAsync(cancellation))
        {
            events.Add(new RawEvent(
                reader.GetInt64(0), reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetString(3), reader.GetString(4), JsonNode.Parse(reader.GetString(5))!));
        }
        return events;
    }

    /// <summary>Takes the words out of the events, and tells which texts held them.</summary>
    public static IReadOnlyList<HeldText> TakeOut(IReadOnlyList<RawEvent> events, IReadOnlyList<string> words)
    {
        var held = new List<HeldText>();
        foreach (var happened in events)
        {
            TakeOut(happened.Data, happened.Position, [], words, held);
        }
        return held;
    }

    private static void TakeOut(JsonNode? node, long position, IReadOnlyList<string> path, IReadOnlyList<string> words, List<HeldText> held)
    {
        switch (node)
        {
            // A text of which something was removed before has its commitment in the place of the salt.
            case JsonObject { Count: 2 } text when text["text"] is JsonValue value && (text["salt"] ?? text["commitment"]) is JsonValue seal:
                var before = value.GetValue<string>();
                var after = BlottedText.Of(before, words);
                if (before != after)
                {
                    var commitment = text["salt"] is null ? seal.GetValue<string>() : new CommittedText(before, seal.GetValue<string>()).Commitment;
                    held.Add(new HeldText(position, path, commitment, after));
                    text["text"] = after;
                    text.Remove("salt");
                    text["commitment"] = commitment;
                }
                break;
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    TakeOut(value, position, [.. path, name], words, held);
                }
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    TakeOut(items[i], position, [.. path, $"{i}"], words, held);
                }
                break;
            default:
                break;
        }
    }
}
