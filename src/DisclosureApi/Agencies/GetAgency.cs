using Disclosure.Agencies;
using DisclosureApi.Http;
using DisclosureApi.Store;

namespace DisclosureApi.Agencies;

/// <summary>GET /v1/agencies/{code}: one entry of the register, as it is or as it held on a day.</summary>
internal static class GetAgency
{
    public static readonly OperationContract Contract = new("get_agency", "Agencies", "Read an agency's entry in the register")
    {
        Description =
            "The entry's ETag is the version to name in If-Match when it is changed. With `at` it is the entry as it held on that day, under the name of that time; "
            + "404 on days when the body was not there.",
        Filters = ["at"],
        Answers =
        [
            new(200, "Agency", "The entry") { Headers = ["ETag", "Link"] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag", "Link"] },
        ],
        Problems = [400, 404],
    };

    public static async Task<IResult> HandleAsync(string code, HttpRequest request, AgencyRegister register, EventStore store, CancellationToken cancellation)
    {
        if (Filter.Day(request, "at") is { } day)
        {
            return await AtAsync(code, day, store, cancellation);
        }
        return await register.FindAsync(code, cancellation) is { } entry
            ? Answer.Public(new PublicBody(Json.Bytes(entry.Agency), Precondition.ETag(entry.Version)), headers: ("Link", Links(code)))
            : new Problem(ProblemTypes.NotFound);
    }

    private static async Task<IResult> AtAsync(string code, DateOnly day, EventStore store, CancellationToken cancellation)
    {
        var history = await store.ReadAsync(Agency.Stream(code), cancellation);
        return history.Version > 0 && AgencyTimeline.Of(history.Events.Select(stored => (AgencyEvent)stored.Happened)).At(day) is { } then
            ? Answer.Public(new PublicBody(Json.Bytes(then)), headers: ("Link", Links(code)))
            : new Problem(ProblemTypes.NotFound);
    }

    /// <summary>The way to its history, to its place among others, and to its reports with those of the bodies before it.</summary>
    private static string Links(string code) =>
        $"</v1/agencies/{code}>; rel=\"latest-version\", </v1/agencies/{code}/history>; rel=\"version-history\", </v1/agencies/{code}/tree>; rel=\"related\", </v1/agencies/{code}/reports>; rel=\"collection\"";
}
