using System.Text;
using DisclosureApi.Http;

namespace DisclosureApi.Ledger;

/// <summary>GET /v1/ledger/checkpoint: what the ledger says of itself now, signed.</summary>
internal static class GetCheckpoint
{
    public const string MediaType = "text/plain";

    public static readonly OperationContract Contract = new("get_checkpoint", "Ledger", "Read the newest checkpoint of the ledger")
    {
        Description =
            "A C2SP tlog-checkpoint: the ledger's name, how many events it holds and the root of their tree, as a signed note. Keep it: whatever is changed in the database afterwards, "
            + "it can be proved against it. Until the ledger's first second is over there is none.",
        Answers =
        [
            new(200, "LedgerText", "The checkpoint") { MediaType = MediaType, Headers = ["ETag"] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
        Problems = [404],
        Refusals = [ProblemTypes.NotYetProved],
    };

    public static async Task<IResult> HandleAsync(LedgerBook ledger, CancellationToken cancellation) =>
        await ledger.NewestAsync(cancellation) is var (_, note) ? Text(note) : LedgerBook.NotYet();

    public static Answer Text(string text) => Answer.Public(new PublicBody(Encoding.UTF8.GetBytes(text)), $"{MediaType}; charset=utf-8");
}
