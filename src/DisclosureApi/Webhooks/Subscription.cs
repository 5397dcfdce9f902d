using System.Text.Json;
using DisclosureApi.Http;
using DisclosureApi.Http.History;
using DisclosureApi.Store.Following;

namespace DisclosureApi.Webhooks;

/// <summary>Which changes are asked for; what is null chooses nothing away.</summary>
internal sealed record ChangeFilter(IReadOnlyList<string>? Types, string? Agency, string? Region, int? Year)
{
    public static ChangeFilter All { get; } = new(null, null, null, null);

    public bool Takes(Change change) =>
        (Types is null || Types.Contains(change.Type, StringComparer.Ordinal))
        && (Agency is null || Agency == change.Agency)
        && (Year is null || Year == change.Year)
        && (Region is null || change.Region?.StartsWith(Filter.RegionPrefix(Region)!, StringComparison.Ordinal) == true);

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("filter");
        if (Types is null)
        {
            writer.WriteNull("types");
        }
        else
        {
            writer.WriteStartArray("types");
            foreach (var type in Types)
            {
                writer.WriteStringValue(type);
            }
            writer.WriteEndArray();
        }
        writer.WriteString("agency", Agency);
        writer.WriteString("region", Region);
        ChangeJson.Write(writer, "year", Year);
        writer.WriteEndObject();
    }
}

/// <summary>Someone's wish to have what is public sent to an address.</summary>
/// <param name="Version">Counts what its owner changed, and what befell it.</param>
/// <param name="Generation">Which secret signs: 1 is the first, each rotation makes the next.</param>
/// <param name="PreviousUntil">Until when the secret before signs as well.</param>
internal sealed record Subscription(
    Guid Id, long Number, long Version, string Url, string? Description, ChangeFilter Filter, string Status, int Generation,
    DateTimeOffset? PreviousUntil, DateTimeOffset? FailingSince, DateTimeOffset CreatedAt)
{
    public const string Active = "active";
    public const string Paused = "paused";
    public const string Disabled = "disabled";
    public const string Ended = "ended";

    public string Address => AddressOf(Id);

    public byte[] Json => Http.Json.Bytes(Write);

    public static string AddressOf(Guid id) => $"{WebhooksApi.Path}/{id}";

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id", Id);
        writer.WriteString("url", Url);
        writer.WriteString("description", Description);
        Filter.Write(writer);
        writer.WriteString("status", Status);
        writer.WriteString("failingSince", FailingSince is { } since ? Moment.Text(since) : null);
        writer.WriteNumber("secretGeneration", Generation);
        writer.WriteString("previousSecretUntil", PreviousUntil is { } until ? Moment.Text(until) : null);
        writer.WriteString("createdAt", Moment.Text(CreatedAt));
        writer.WriteStartObject("links");
        writer.WriteString("self", Address);
        writer.WriteString("deliveries", $"{Address}/deliveries");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
