using System.Globalization;
using System.Text.Json.Nodes;

namespace DisclosureApi.Tests.Statistics;

/// <summary>An event as it lies in the database.</summary>
/// <param name="On">Its day in Shanghai.</param>
internal sealed record PlainEvent(long At, DateOnly On, string Stream, string Type, JsonNode Data)
{
    /// <summary>All up to a position, in order.</summary>
    public static async Task<List<PlainEvent>> UntilAsync(TestDatabase database, long position)
    {
        var lines = await database.TextsAsync(
            $"""
            select jsonb_build_object('at', seq_id, 'on', (timestamp at time zone 'Asia/Shanghai')::date, 'stream', stream_id, 'type', type, 'data', data)::text
            from mt_events where seq_id <= {position} order by seq_id
            """);
        return [.. from line in lines
                   let happened = JsonNode.Parse(line)!
                   select new PlainEvent(
                       happened["at"]!.GetValue<long>(), DateOnly.Parse(happened["on"]!.ToString(), CultureInfo.InvariantCulture), happened["stream"]!.ToString(), happened["type"]!.ToString(), happened["data"]!)];
    }

    /// <summary>A JSON column of all publications, by their position.</summary>
    public static async Task<Dictionary<long, JsonNode>> PublicationsAsync(TestDatabase database, string column) =>
        (await database.TextsAsync($"select position || ' ' || convert_from({column}, 'UTF8') from publications"))
            .Select(line => line.Split(' ', 2)).ToDictionary(parts => long.Parse(parts[0], CultureInfo.InvariantCulture), parts => JsonNode.Parse(parts[1])!);
}
