using System.Text.Json;
using Disclosure.Agencies;

namespace DisclosureApi.Http;

/// <summary>The few members of an entry that stand in answers about something else.</summary>
internal static class AgencySummary
{
    public static void Write(Utf8JsonWriter writer, Agency agency)
    {
        writer.WritePropertyName("agency");
        WriteItem(writer, agency);
    }

    /// <summary>The same as an item of a list.</summary>
    public static void WriteItem(Utf8JsonWriter writer, Agency agency)
    {
        writer.WriteStartObject();
        writer.WriteString("code", agency.Code);
        writer.WriteString("name", agency.Name);
        writer.WriteString("region", agency.Region);
        writer.WriteString("level", JsonNamingPolicy.CamelCase.ConvertName(agency.Level.ToString()));
        writer.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(agency.Kind.ToString()));
        writer.WriteEndObject();
    }
}
