using DisclosureApi.Store.Replicas;
using System.Text.Json;
using Disclosure.Reports;
using DisclosureApi.Http;

namespace DisclosureApi.Reports.Revisions;

/// <summary>GET …/revisions: what was ever made public of a report, from the first revision on.</summary>
internal static class ListRevisions
{
    public static readonly OperationContract Contract = new("list_revisions", "Reports", "List the revisions of a report")
    {
        Description =
            "Every revision that was ever public, in order, also of a report that was withdrawn, each with the reason of the correction that made it; and every withdrawal and reinstatement with its reason. "
            + "A report that was never published has none and answers 404.",
        Answers = [new(200, "Revisions", "The revisions") { Headers = ["ETag"] }, new(304, null, "The reader already has these bytes") { Headers = ["ETag"] }],
        Problems = [404],
    };

    public static async Task<IResult> HandleAsync(string code, int year, ReadDatabase database, CancellationToken cancellation)
    {
        var id = new ReportId(code, year);
        var found = await PublishedRevisions.ReadAsync(database, id, null, cancellation);
        var withdrawals = found.Count == 0 ? [] : await PublishedRevisions.WithdrawalsAsync(database, id, cancellation);
        return found.Count == 0 ? new Problem(ProblemTypes.NotFound) : Answer.Public(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items");
            foreach (var revision in found)
            {
                Write(writer, id, revision);
            }
            writer.WriteEndArray();
            writer.WriteStartArray("withdrawals");
            foreach (var withdrawal in withdrawals)
            {
                Write(writer, withdrawal);
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter writer, PublicWithdrawal withdrawal)
    {
        writer.WriteStartObject();
        writer.WriteNumber("revision", withdrawal.Revision);
        writer.WriteString("withdrawnAt", PublishedBody.Time(withdrawal.At));
        writer.WriteString("reason", withdrawal.Reason);
        writer.WriteString("reinstatedAt", withdrawal.ReinstatedAt is { } at ? PublishedBody.Time(at) : null);
        writer.WriteString("reinstatementReason", withdrawal.ReinstatementReason);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ReportId id, PublishedRevision revision)
    {
        using var body = JsonDocument.Parse(revision.Body);
        writer.WriteStartObject();
        writer.WriteNumber("revision", revision.Number);
        writer.WriteString("publishedAt", PublishedBody.Time(revision.At));
        foreach (var name in (string[])["publishedOn", "sourceUrl", "contentHash"])
        {
            writer.WritePropertyName(name);
            body.RootElement.GetProperty(name).WriteTo(writer);
        }
        writer.WriteString("reason", revision.Reason);
        writer.WriteStartObject("links");
        writer.WriteString("self", Links.Revision(id, revision.Number));
        writer.WriteString("changes", revision.Number > 1 ? Links.Changes(id, revision.Number) : null);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
