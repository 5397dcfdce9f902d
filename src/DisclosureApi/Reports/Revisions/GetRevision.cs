using Disclosure.Reports;
using DisclosureApi.Http;
using DisclosureApi.Reports.AsOf;
using DisclosureApi.Store.Replicas;

namespace DisclosureApi.Reports.Revisions;

/// <summary>GET …/revisions/{revision}: one revision, byte for byte as it was public.</summary>
internal static class GetRevision
{
    public static readonly OperationContract Contract = new("get_revision", "Reports", "Read one revision of a report")
    {
        Description =
            "The very bytes that stood at the report's address while this revision was current. Links (RFC 5829) lead to the revisions before and after it, to the latest and to the list. "
            + "Revisions stay when the report is withdrawn. Each is a memento of the report (RFC 7089).",
        Answers =
        [
            new(200, "Report", "The revision") { Headers = ["ETag", "Link", "Memento-Datetime"] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag", "Link", "Memento-Datetime"] },
        ],
        Problems = [404],
    };

    public static async Task<IResult> HandleAsync(string code, int year, int revision, ReadDatabase database, CancellationToken cancellation)
    {
        var id = new ReportId(code, year);
        return await PublishedRevisions.ReadAsync(database, id, revision, cancellation) is [var found]
            ? Answer.Public(new PublicBody(found.Body), headers: Memento.Headers(id, found.Number, found.Latest, found.At))
            : new Problem(ProblemTypes.NotFound);
    }
}
