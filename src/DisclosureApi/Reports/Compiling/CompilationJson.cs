using System.Text.Json;
using Disclosure.Compiling;
using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Reports;
using DisclosureApi.Http;

namespace DisclosureApi.Reports.Compiling;

/// <summary>A compilation in JSON.</summary>
internal static class CompilationJson
{
    /// <param name="counted">What the counted members had made public, by their codes.</param>
    /// <param name="names">Who recorded adjustments, by pseudonymous id; null where that is not told.</param>
    public static byte[] Bytes(
        CompilationView view, IReadOnlyDictionary<string, ReportContent> counted, CompilationDrift drift, IReadOnlyDictionary<string, string>? names) => Json.Bytes(writer =>
    {
        var plan = view.From.Plan;
        writer.WriteStartObject();
        AgencySummary.Write(writer, view.Agency);
        writer.WriteNumber("year", view.Id.Year);
        writer.WriteString("state", view.State);
        WriteNumber(writer, "revision", view.Revision);
        writer.WriteString("scope", Name(plan.Scope));
        writer.WriteString("form", plan.Form);
        writer.WriteNumber("compiledUpTo", plan.UpTo);
        writer.WriteStartObject("counts");
        writer.WriteNumber("members", plan.Counted.Count() + plan.Missing.Count());
        writer.WriteNumber("counted", plan.Counted.Count());
        writer.WriteNumber("missing", plan.Missing.Count());
        writer.WriteNumber("leftOut", plan.Members.Count(member => !member.IsCounted));
        writer.WriteEndObject();
        writer.WriteStartArray("members");
        foreach (var member in plan.Members)
        {
            WriteMember(writer, member, view.Id.Year);
        }
        writer.WriteEndArray();
        writer.WriteStartArray("sums");
        foreach (var pointer in CompiledSums.CellsOf(plan.Format).Select(cell => cell.Address))
        {
            writer.WriteStartObject();
            WriteFigure(writer, view, pointer.Pointer, counted.Values.Count(content => content.Cell(pointer) is not null), counted.Count);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        WriteAdjustments(writer, view.From.Adjustments, names);
        WriteDrift(writer, drift, plan.Format, view.Id.Year);
        writer.WriteStartObject("links");
        writer.WriteString("report", Links.Report(view.Id));
        writer.WriteString("cells", $"{Links.Compilation(view.Id)}/cells");
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    /// <summary>One figure: what the members add up to, what was adjusted, what comes of both, and what the report says.</summary>
    public static void WriteFigure(Utf8JsonWriter writer, CompilationView view, string pointer, int given, int counted)
    {
        var (sums, adjusted) = (view.From.Plan.Sums, view.From.Adjusted);
        writer.WriteString("cell", pointer);
        writer.WriteString("label", ContentLabels.Of(pointer, view.From.Plan.Format));
        WriteNumber(writer, "compiled", sums.TryGetValue(pointer, out var sum) ? sum : null);
        WriteNumber(writer, "adjustment", adjusted.TryGetValue(pointer, out var amount) ? amount : null);
        WriteNumber(writer, "figure", CompiledSums.Figure(sums, adjusted, pointer));
        WriteNumber(writer, "stated", CellAddress.Parse(pointer) is { } address ? view.Content.Cell(address) : null);
        writer.WriteNumber("given", given);
        writer.WriteNumber("notGiven", counted - given);
    }

    public static void WriteAdjustments(Utf8JsonWriter writer, IEnumerable<RecordedAdjustment> adjustments, IReadOnlyDictionary<string, string>? names)
    {
        writer.WriteStartArray("adjustments");
        foreach (var (adjustment, actor) in adjustments)
        {
            writer.WriteStartObject();
            writer.WriteString("cell", adjustment.Cell);
            writer.WriteNumber("amount", adjustment.Amount);
            writer.WriteString("reason", adjustment.Reason.Text);
            writer.WriteString("actor", names?.GetValueOrDefault(actor));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    public static void WriteNumber(Utf8JsonWriter writer, string name, decimal? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static void WriteMember(Utf8JsonWriter writer, CompiledMember member, int year)
    {
        writer.WriteStartObject();
        AgencySummary.Write(writer, member.Body);
        writer.WriteBoolean("counted", member.IsCounted);
        WriteStanding(writer, member);
        writer.WriteBoolean("missing", member.LeftOut is { } reason && LeftOutReasons.IsMissing(reason));
        writer.WriteStartArray("successors");
        foreach (var successor in member.Successors ?? [])
        {
            writer.WriteStringValue(successor);
        }
        writer.WriteEndArray();
        writer.WriteStartArray("countedBy");
        foreach (var name in member.CountedBy ?? [])
        {
            writer.WriteStringValue(name);
        }
        writer.WriteEndArray();
        writer.WriteString("decision", member.Decision?.Text);
        writer.WriteString("report", member.Revision is { } revision ? Links.Revision(new ReportId(member.Agency, year), revision) : null);
        writer.WriteEndObject();
    }

    private static void WriteStanding(Utf8JsonWriter writer, CompiledMember member)
    {
        WriteNumber(writer, "revision", member.Revision);
        writer.WriteString("reason", member.LeftOut is { } reason ? Name(reason) : null);
        if (member.LeftOut is { } known)
        {
            writer.WriteStartObject("messages");
            writer.WriteString("zh", LeftOutReasons.Words[known].Zh);
            writer.WriteString("en", LeftOutReasons.Words[known].En);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("messages");
        }
    }

    private static void WriteDrift(Utf8JsonWriter writer, CompilationDrift drift, ReportFormat form, int year)
    {
        writer.WriteBoolean("stale", drift.IsStale);
        writer.WriteStartObject("differences");
        writer.WriteStartArray("members");
        foreach (var member in drift.Members)
        {
            writer.WriteStartObject();
            AgencySummary.Write(writer, (member.Now ?? member.Compiled)!.Body);
            writer.WriteString("change", member.Change);
            WriteSide(writer, "compiled", member.Compiled);
            WriteSide(writer, "now", member.Now);
            writer.WriteString("report", Links.Report(new ReportId((member.Now ?? member.Compiled)!.Agency, year)));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("cells");
        foreach (var cell in drift.Cells)
        {
            writer.WriteStartObject();
            writer.WriteString("cell", cell.Cell);
            writer.WriteString("label", ContentLabels.Of(cell.Cell, form));
            WriteNumber(writer, "compiled", cell.Compiled);
            WriteNumber(writer, "now", cell.Now);
            writer.WriteNumber("difference", cell.Difference);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteSide(Utf8JsonWriter writer, string name, CompiledMember? member)
    {
        if (member is null)
        {
            writer.WriteNull(name);
            return;
        }
        writer.WriteStartObject(name);
        writer.WriteBoolean("counted", member.IsCounted);
        WriteStanding(writer, member);
        writer.WriteEndObject();
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
