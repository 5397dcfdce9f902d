using System.Text.Json;
using Disclosure.Reports.ErrorReports;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;

namespace DisclosureApi.Reports.ErrorReports;

/// <summary>The answer that the steps of an error report give: where it stands now. It holds nobody's words, because it is kept for who asks again.</summary>
internal static class ErrorReportAnswers
{
    /// <param name="etag">Its version, for those who settle it; readers are given none.</param>
    /// <param name="isProvable">Whether anyone may have the receipt of the step.</param>
    public static StoredAnswer Stored(StepKey key, ErrorReportId id, string state, long position, string etag, bool isProvable = false) => new(
        key.Fingerprint, StatusCodes.Status201Created, Json.Bytes(writer => Write(writer, id, state, position)), etag,
        isProvable ? $"<{Links.Proof(id.Report, position)}>; rel=\"proof\"" : null);

    /// <summary>The answer, or what was answered before under the same key; with the address of what was made.</summary>
    public static IResult Of(StoredAnswer answer, bool isNew)
    {
        if (!isNew)
        {
            return new Answer(answer.Status, answer.Body, answer.ETag) { Headers = answer.Link is { } link ? [("Link", link)] : [] };
        }
        using var said = JsonDocument.Parse(answer.Body);
        return new Answer(answer.Status, answer.Body, answer.ETag) { Headers = [("Location", said.RootElement.GetProperty("links").GetProperty("self").GetString()!)] };
    }

    private static void Write(Utf8JsonWriter writer, ErrorReportId id, string state, long position)
    {
        writer.WriteStartObject();
        writer.WriteNumber("number", id.Number);
        writer.WriteString("state", state);
        writer.WriteNumber("position", position);
        writer.WriteStartObject("links");
        writer.WriteString("self", Links.ErrorReport(id));
        writer.WriteString("report", Links.Report(id.Report));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
