using System.Text.Json;
using Disclosure.Compiling;

namespace DisclosureApi.Audit;

/// <summary>What a draft was compiled from, as far as its events tell it.</summary>
internal static class CompiledStateJson
{
    public static void Write(Utf8JsonWriter writer, CompiledFrom? from)
    {
        if (from is null)
        {
            writer.WriteNull("compilation");
            return;
        }
        writer.WriteStartObject("compilation");
        writer.WriteString("scope", Name(from.Plan.Scope));
        writer.WriteString("form", from.Plan.Form);
        writer.WriteNumber("upTo", from.Plan.UpTo);
        writer.WriteStartObject("sums");
        foreach (var (cell, sum) in from.Plan.Sums.OrderBy(sum => sum.Key, StringComparer.Ordinal))
        {
            writer.WriteNumber(cell, sum);
        }
        writer.WriteEndObject();
        WriteMembers(writer, from.Plan);
        writer.WriteStartArray("adjustments");
        foreach (var (adjustment, actor) in from.Adjustments)
        {
            writer.WriteStartObject();
            writer.WriteString("cell", adjustment.Cell);
            writer.WriteNumber("amount", adjustment.Amount);
            writer.WriteString("reason", adjustment.Reason.Text);
            writer.WriteString("actor", actor);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter writer, CompilationPlan plan)
    {
        writer.WriteStartArray("members");
        foreach (var member in plan.Members)
        {
            writer.WriteStartObject();
            writer.WriteString("agency", member.Agency);
            if (member.Revision is { } revision)
            {
                writer.WriteNumber("revision", revision);
            }
            else
            {
                writer.WriteNull("revision");
            }
            writer.WriteString("leftOut", member.LeftOut is { } reason ? Name(reason) : null);
            writer.WriteString("decision", member.Decision?.Text);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
