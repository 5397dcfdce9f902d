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
    public static StoredAnswer Stored(StepKey key, ErrorReportId id, string state, long position, string etag) => new(
        key.Fingerprint, StatusCodes.Status201Created, Json.Bytes(writer => Write(writer, id, state, position)), etag, Link: null);

    /// <summary>The answer, or what was answered before under the same key; with the address of what was made.</summary>
    public static IResult Of(StoredAnswer answer, bool isNew)
    {
        if (!isNew)
        {
            return new Answer(answer.Status, answer.Body, answer.ETag);
        }
        using var said = JsonDocument.Parse(answer.Body);
        return new Answer(answer.Status, answer.Body, answer.ETag) { Headers = [("Location", said.RootElement.GetProperty("links").GetProperty("self").GetString()!)] };
    }

    /// <summary>What was answered before under this key; null where it is new.</summary>
    public static async Task<IResult?> BeforeAsync(Idempotency answers, StepKey key, bool isNew, CancellationToken cancellation)
    {
        if (await answers.FindAsync(key.Client, key.Key, cancellation) is not { } answer)
        {
            return null;
        }
        return answer.Fingerprint.AsSpan().SequenceEqual(key.Fingerprint) ? Of(answer, isNew) : new Problem(ProblemTypes.KeyReused);
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
