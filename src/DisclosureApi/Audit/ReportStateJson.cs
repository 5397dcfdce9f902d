using System.Globalization;
using System.Text.Json;
using Disclosure.Contents;
using Disclosure.Reports;
using DisclosureApi.Http.History;
using DisclosureApi.Store.History;

namespace DisclosureApi.Audit;

/// <summary>All that a report's events say of it, in JSON.</summary>
internal static class ReportStateJson
{
    /// <param name="last">The last event that counts; null before the first.</param>
    public static void Write(Utf8JsonWriter writer, ReportId id, Report report, EventRecord? last)
    {
        var content = Trail.ContentOf(report);
        writer.WriteStartObject();
        writer.WriteString("agency", id.Agency);
        writer.WriteNumber("year", id.Year);
        writer.WriteNumber("version", last?.Version ?? 0);
        writer.WriteNumber("position", last?.Position ?? 0);
        writer.WriteString("at", last is null ? null : Moment.Text(last.Time));
        writer.WriteString("state", report.State);
        writer.WriteString("contentHash", content?.Hash);
        writer.WritePropertyName("content");
        WriteContent(writer, content);
        WriteWork(writer, report);
        WriteRevision(writer, "public", report.Public);
        if (report is Report.Withdrawn(var revision, var reason))
        {
            writer.WriteStartObject("withdrawn");
            writer.WriteString("reason", reason.Text);
            writer.WriteNumber("revision", revision.Number);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("withdrawn");
        }
        writer.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter writer, CommittedContent? content)
    {
        if (content is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            FilingWriter.WriteContent(writer, content.Content);
        }
    }

    private static void WriteWork(Utf8JsonWriter writer, Report report)
    {
        if (report.WorkInHand is not { } work)
        {
            writer.WriteNull("work");
            return;
        }
        writer.WriteStartObject("work");
        writer.WriteString("agencyName", work.AgencyName?.Text);
        writer.WriteString("correctionReason", work.CorrectionReason?.Text);
        writer.WriteStartArray("authors");
        foreach (var author in work.Authors)
        {
            writer.WriteStringValue(author);
        }
        writer.WriteEndArray();
        WriteSecrecy(writer, work);
        WriteSayings(writer, work);
        CompiledStateJson.Write(writer, work.CompiledFrom);
        writer.WriteString("approver", report is Report.Approved(_, _, var approver) ? approver : null);
        writer.WriteEndObject();
    }

    private static void WriteSecrecy(Utf8JsonWriter writer, Work work)
    {
        if (work.Secrecy is not { } review)
        {
            writer.WriteNull("secrecyReview");
            return;
        }
        writer.WriteStartObject("secrecyReview");
        writer.WriteString("reviewer", review.Reviewer);
        writer.WriteString("contentHash", review.ContentHash);
        writer.WriteBoolean("passed", review.Passed);
        writer.WriteEndObject();
    }

    /// <summary>What was said of findings and of places: lists in the order of what they are bound to.</summary>
    private static void WriteSayings(Utf8JsonWriter writer, Work work)
    {
        writer.WriteStartArray("acknowledgements");
        foreach (var said in work.Acknowledgements.Values.OrderBy(said => said.Inputs, StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("code", said.Code);
            writer.WriteString("inputs", said.Inputs);
            writer.WriteString("reason", said.Reason?.Text);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("waivers");
        foreach (var (inputs, decided) in work.Waivers.OrderBy(waiver => waiver.Key, StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("inputs", inputs);
            writer.WriteBoolean("granted", decided.Granted);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("comments");
        foreach (var comment in work.Comments)
        {
            writer.WriteStartObject();
            writer.WriteString("pointer", comment.Pointer);
            writer.WriteString("text", comment.Text.Text);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteRevision(Utf8JsonWriter writer, string name, Revision? revision)
    {
        if (revision is null)
        {
            writer.WriteNull(name);
            return;
        }
        writer.WriteStartObject(name);
        writer.WriteNumber("revision", revision.Number);
        writer.WriteString("contentHash", revision.Content.Hash);
        writer.WriteString("publishedOn", revision.PublishedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteString("sourceUrl", revision.SourceUrl);
        writer.WritePropertyName("content");
        WriteContent(writer, revision.Content);
        writer.WriteEndObject();
    }
}
