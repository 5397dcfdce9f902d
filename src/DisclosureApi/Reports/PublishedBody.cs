using System.Globalization;
using Disclosure.Agencies;
using Disclosure.Contents;
using Disclosure.Reports;
using Disclosure.Reports.ErrorReports;
using DisclosureApi.Http;
using DisclosureApi.Http.History;
using DisclosureApi.Store;

namespace DisclosureApi.Reports;

/// <summary>A revision as anyone reads it, rendered once when it is published.</summary>
internal static class PublishedBody
{
    /// <param name="recorded">The event that made the revision public.</param>
    public static byte[] Render(ReportId id, Agency agency, Revision revision, RecordedEvent recorded) => Json.Bytes(writer =>
    {
        writer.WriteStartObject();
        AgencySummary.Write(writer, agency);
        writer.WriteNumber("year", id.Year);
        writer.WriteNumber("revision", revision.Number);
        writer.WriteString("status", "published");
        writer.WriteString("publishedAt", Time(recorded.At));
        writer.WriteString("publishedOn", revision.PublishedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteString("sourceUrl", revision.SourceUrl);
        writer.WriteNumber("lastEvent", recorded.Position);
        writer.WriteString("contentHash", revision.Content.Hash);
        writer.WritePropertyName("content");
        FilingWriter.WriteContent(writer, revision.Content.Content);
        writer.WriteStartObject("links");
        writer.WriteString("self", Links.Report(id));
        writer.WriteString("findings", Links.Findings(id));
        writer.WriteString("agency", Links.Agency(id.Agency));
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    public static string Time(DateTimeOffset at) => Moment.Text(at);
}

/// <summary>Addresses of a report's resources.</summary>
internal static class Links
{
    public static string Agency(string code) => $"/v1/agencies/{code}";

    public static string Report(ReportId id) => $"{Agency(id.Agency)}/reports/{id.Year}";

    public static string Draft(ReportId id) => $"{Report(id)}/draft";

    public static string Compilation(ReportId id) => $"{Report(id)}/compilation";

    public static string Findings(ReportId id) => $"{Report(id)}/findings";

    public static string Assessments(ReportId id) => $"{Report(id)}/assessments";

    public static string Revisions(ReportId id) => $"{Report(id)}/revisions";

    public static string Revision(ReportId id, int number) => $"{Revisions(id)}/{number}";

    public static string ErrorReports(ReportId id) => $"{Report(id)}/error-reports";

    public static string ErrorReport(ErrorReportId id) => $"{ErrorReports(id.Report)}/{id.Number}";

    public static string TimeMap(ReportId id) => $"{Report(id)}/timemap";

    public static string Changes(ReportId id, int number) => $"{Revision(id, number)}/changes?since={number - 1}";

    /// <summary>The Link header of the report's own address, where its latest revision stands.</summary>
    public static string OfReport(ReportId id, int revision) => $"{OfRevision(id, revision, revision)}, {OfTime(id)}, {OfErrorReports(id)}";

    /// <summary>The way to what readers found wrong in the report.</summary>
    public static string OfErrorReports(ReportId id) => $"<{ErrorReports(id)}>; rel=\"related\"; title=\"error-reports\"";

    /// <summary>The way to the report's past (RFC 7089): its address is its own TimeGate.</summary>
    public static string OfTime(ReportId id) => $"<{Report(id)}>; rel=\"original\", <{Report(id)}>; rel=\"timegate\", <{TimeMap(id)}>; rel=\"timemap\"; type=\"application/link-format\"";

    /// <summary>The Link header of one revision among its likes.</summary>
    public static string OfRevision(ReportId id, int number, int latest) =>
        string.Join(", ", Versions(id, number > 1 ? number - 1 : null, number < latest ? number + 1 : null));

    public static string Proof(ReportId id, long position) => $"{Report(id)}/proof?position={position}";

    /// <summary>Relations of RFC 5829. The latest version stands at the report's own address.</summary>
    private static IEnumerable<string> Versions(ReportId id, int? before, int? after)
    {
        yield return $"<{Report(id)}>; rel=\"latest-version\"";
        yield return $"<{Revisions(id)}>; rel=\"version-history\"";
        if (before is { } older)
        {
            yield return $"<{Revision(id, older)}>; rel=\"predecessor-version\"";
        }
        if (after is { } newer)
        {
            yield return $"<{Revision(id, newer)}>; rel=\"successor-version\"";
        }
    }
}
