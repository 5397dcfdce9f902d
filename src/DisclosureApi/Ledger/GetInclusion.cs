using System.Text.Json;
using DisclosureApi.Http;

namespace DisclosureApi.Ledger;

/// <summary>GET /v1/ledger/inclusion/{position}: the path from an event's entry to the root.</summary>
internal static class GetInclusion
{
    public static readonly OperationContract Contract = new("get_inclusion_proof", "Ledger", "Prove that an entry is in the tree")
    {
        Description = "The audit path of RFC 6962 §2.1.1, from the entry's neighbour upwards, in the tree of `size` entries; of the newest checkpoint when left out. The entry of position p has the index p − 1.",
        Filters = ["size"],
        Answers = [new(200, "InclusionProof", "The path") { Headers = ["ETag"] }, new(304, null, "The reader already has these bytes") { Headers = ["ETag"] }],
        Problems = [400, 404],
    };

    public static async Task<IResult> HandleAsync(long position, HttpRequest request, LedgerBook ledger, CancellationToken cancellation)
    {
        var asked = Filter.Number(request, "size");
        if (position < 1 || await ledger.NewestAsync(cancellation) is not var (newest, _) || (asked ?? newest.Size) is var size && (size > newest.Size || position > size))
        {
            return new Problem(ProblemTypes.NotFound);
        }
        var path = await ledger.InclusionAsync(position - 1, size, cancellation);
        return Answer.Public(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("position", position);
            writer.WriteNumber("index", position - 1);
            writer.WriteNumber("size", size);
            WritePath(writer, path);
            writer.WriteEndObject();
        });
    }

    public static void WritePath(Utf8JsonWriter writer, IReadOnlyList<byte[]> path)
    {
        writer.WriteStartArray("path");
        foreach (var hash in path)
        {
            writer.WriteBase64StringValue(hash);
        }
        writer.WriteEndArray();
    }
}
