using DisclosureApi.Store.Replicas;
using System.Text;
using Disclosure.Reports;
using DisclosureApi.Http;
using DisclosureApi.Reports.Revisions;

namespace DisclosureApi.Reports.AsOf;

/// <summary>GET …/timemap: every memento of a report with its time (RFC 7089 §5).</summary>
internal static class GetTimeMap
{
    public const string MediaType = "application/link-format";

    public static readonly OperationContract Contract = new("get_timemap", "Reports", "Get the TimeMap of a report")
    {
        Description =
            "The report's revisions as mementos after RFC 7089, in application/link-format (RFC 6690): the original, which is its own TimeGate, this TimeMap, and every revision with the time from which "
            + "it was public. Send Accept-Datetime to the report's address to be given the one of a time.",
        Answers =
        [
            new(200, "TimeMap", "The TimeMap") { Headers = ["ETag"], MediaType = MediaType },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
        Problems = [404],
    };

    public static async Task<IResult> HandleAsync(string code, int year, ReadDatabase database, CancellationToken cancellation)
    {
        var id = new ReportId(code, year);
        var revisions = await PublishedRevisions.ReadAsync(database, id, null, cancellation);
        return revisions.Count == 0
            ? new Problem(ProblemTypes.NotFound)
            : Answer.Public(new PublicBody(Encoding.UTF8.GetBytes(string.Join(",\n", Lines(id, revisions)) + "\n")), MediaType);
    }

    private static IEnumerable<string> Lines(ReportId id, IReadOnlyList<PublishedRevision> revisions)
    {
        yield return $"<{Links.Report(id)}>; rel=\"original timegate\"";
        yield return $"<{Links.TimeMap(id)}>; rel=\"self\"; type=\"{MediaType}\"; from=\"{Memento.Date(revisions[0].At)}\"; until=\"{Memento.Date(revisions[^1].At)}\"";
        foreach (var (i, revision) in revisions.Index())
        {
            var place = $"{(i == 0 ? "first " : "")}{(i == revisions.Count - 1 ? "last " : "")}memento";
            yield return $"<{Links.Revision(id, revision.Number)}>; rel=\"{place}\"; datetime=\"{Memento.Date(revision.At)}\"";
        }
    }
}
