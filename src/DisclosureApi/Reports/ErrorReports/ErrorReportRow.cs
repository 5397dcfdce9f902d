using System.Text.Json;
using Disclosure.Contents;
using Disclosure.Reports;
using Disclosure.Reports.ErrorReports;
using Npgsql;

namespace DisclosureApi.Reports.ErrorReports;

/// <summary>An error report as it is shown.</summary>
/// <param name="Message">The reader's words, where whoever asks may read them.</param>
internal sealed record ErrorReportRow(
    int Number, long Version, string State, int Revision, string Pointer, decimal? Published, decimal? Read, decimal? Expected,
    DateTimeOffset ReportedAt, string? Message, string? Reason, int? Correction, DateTimeOffset? SettledAt)
{
    /// <summary>The words of what is not answered are seen where the database lets the sight of the statement see them.</summary>
    public const string Select =
        """
        select e.number, e.version, e.state, e.revision, e.pointer, e.published, e.read, e.expected, e.reported_at, coalesce(e.message, t.message), e.reason, e.correction, e.settled_at
        from error_reports e left join error_report_texts t using (agency, year, number)
        """;

    public static ErrorReportRow Of(NpgsqlDataReader row) => new(
        row.GetInt32(0), row.GetInt64(1), row.GetString(2), row.GetInt32(3), row.GetString(4), Figure(row, 5), Figure(row, 6), Figure(row, 7),
        row.GetFieldValue<DateTimeOffset>(8), Text(row, 9), Text(row, 10), row.IsDBNull(11) ? null : row.GetInt32(11), row.IsDBNull(12) ? null : row.GetFieldValue<DateTimeOffset>(12));

    /// <summary>The same without the words of what was not answered, which a colleague's sight may have let through.</summary>
    public ErrorReportRow ForStrangers() => State == "answered" ? this : this with { Message = null };

    /// <summary>What is shown of it: to strangers, of an open one, that it is there and what it is about.</summary>
    public byte[] Json(ReportId report, bool isInsider) => Http.Json.Bytes(writer => Write(writer, report, isInsider || State != "open"));

    private void Write(Utf8JsonWriter writer, ReportId report, bool isWhole)
    {
        var id = new ErrorReportId(report, Number);
        writer.WriteStartObject();
        writer.WriteNumber("number", Number);
        writer.WriteString("state", State);
        writer.WriteNumber("revision", Revision);
        writer.WriteString("pointer", Pointer);
        writer.WriteString("label", ContentLabels.Of(Pointer));
        Write(writer, "published", Published);
        Write(writer, "read", isWhole ? Read : null);
        Write(writer, "expected", isWhole ? Expected : null);
        writer.WriteString("message", isWhole ? Message : null);
        writer.WriteString("reportedAt", PublishedBody.Time(ReportedAt));
        writer.WriteString("settledAt", SettledAt is { } at ? PublishedBody.Time(at) : null);
        writer.WriteString("reason", Reason);
        Write(writer, "correction", Correction);
        writer.WriteStartObject("links");
        writer.WriteString("self", Links.ErrorReport(id));
        writer.WriteString("revision", Links.Revision(report, Revision));
        writer.WriteString("correction", Correction is { } mended ? Links.Revision(report, mended) : null);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, decimal? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static decimal? Figure(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDecimal(column);

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
