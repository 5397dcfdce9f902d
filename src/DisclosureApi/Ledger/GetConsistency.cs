using DisclosureApi.Http;

namespace DisclosureApi.Ledger;

/// <summary>GET /v1/ledger/consistency/{older}: the proof that an older tree is the beginning of a newer one.</summary>
internal static class GetConsistency
{
    public static readonly OperationContract Contract = new("get_consistency_proof", "Ledger", "Prove that an older tree is the beginning of a newer one")
    {
        Description = "After RFC 6962 §2.1.2, between the trees of two sizes; the newer is that of the newest checkpoint when `size` is left out. Who kept a checkpoint proves with it that nothing before it was changed.",
        Filters = ["size"],
        Answers = [new(200, "ConsistencyProof", "The proof") { Headers = ["ETag"] }, new(304, null, "The reader already has these bytes") { Headers = ["ETag"] }],
        Problems = [400, 404],
    };

    public static async Task<IResult> HandleAsync(long older, HttpRequest request, LedgerBook ledger, CancellationToken cancellation)
    {
        var asked = Filter.Number(request, "size");
        if (older < 0 || await ledger.NewestAsync(cancellation) is not var (newest, _) || (asked ?? newest.Size) is var size && (size > newest.Size || older > size))
        {
            return new Problem(ProblemTypes.NotFound);
        }
        var path = await ledger.ConsistencyAsync(older, size, cancellation);
        return Answer.Public(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("older", older);
            writer.WriteNumber("size", size);
            GetInclusion.WritePath(writer, path);
            writer.WriteEndObject();
        });
    }
}
