using DisclosureApi.Http;
using DisclosureApi.Store;

namespace DisclosureApi.Agencies;

/// <summary>GET /v1/agencies/{code}: one entry of the register.</summary>
internal static class GetAgency
{
    public static readonly OperationContract Contract = new("get_agency", "Agencies", "Read an agency's entry in the register")
    {
        Description = "The entry's ETag is the version to name in If-Match when it is changed.",
        Answers =
        [
            new(200, "Agency", "The entry") { Headers = ["ETag"] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
        Problems = [404],
    };

    public static async Task<IResult> HandleAsync(string code, AgencyRegister register, CancellationToken cancellation) =>
        await register.FindAsync(code, cancellation) is { } entry
            ? Answer.Public(new PublicBody(Json.Bytes(entry.Agency), Precondition.ETag(entry.Version)))
            : new Problem(ProblemTypes.NotFound);
}
