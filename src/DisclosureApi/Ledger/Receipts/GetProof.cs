using DisclosureApi.Store.Replicas;
using System.Text;
using Disclosure.Ledger;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;
using Npgsql;

namespace DisclosureApi.Ledger.Receipts;

/// <summary>GET …/proof?position=: the receipt of one event of a report.</summary>
internal static class GetProof
{
    private const string TextType = "text/plain";

    public static readonly OperationContract Contract = new("get_receipt", "Ledger", "Get the receipt of an event")
    {
        Description =
            "A C2SP tlog-proof: the event's index, its path, and a signed checkpoint of the same tree; as JSON also the event itself, from which its entry can be made anew. "
            + "Without `position` it is that of the newest publication. Anyone gets the receipts of what made something public, and of what an agency said of an error report; those of other events are for the agency, its reviewing office "
            + "and auditors, and for everyone else, as for an event that is not there, the answer is 404. An event that is less than a second old answers 404 with Retry-After.",
        Filters = ["position"],
        Answers =
        [
            new(200, "Receipt", "The receipt") { Headers = ["ETag"], Texts = [TextType] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
        Problems = [400, 404, 406],
        Refusals = [ProblemTypes.NotYetProved],
    };

    public static async Task<IResult> HandleAsync(
        string code, int year, HttpContext context, AgencyRegister register, LedgerBook ledger, ReadDatabase database, WholeDatabase whole, CancellationToken cancellation)
    {
        var asked = Filter.Number(context.Request, "position");
        var type = MediaTypes.Choose(context.Request, TextType, Json.MediaType);
        if (type is null)
        {
            return new Problem(ProblemTypes.NotAcceptable).With("supported", [TextType, Json.MediaType]);
        }
        var caller = Caller.Of(context);
        var isAuditor = caller?.Scopes.Contains(Role.Auditor.Scope) == true;
        var envelope = await FindAsync(isAuditor ? whole.Source : await database.SourceAsync(cancellation, asked ?? 0), caller?.Sight ?? Sight.None, $"report/{code}/{year}", asked, cancellation);
        var isPublic = envelope is not null && OpenEnvelope.IsPublic(envelope.Type) && envelope.Type != "correction_opened";
        var mayReadAll = envelope is not null && (isAuditor || (caller is not null && await MayReadAllAsync(caller, code, register, cancellation)));
        if (envelope is null || !(isPublic || mayReadAll))
        {
            return new Problem(ProblemTypes.NotFound);
        }
        if (await ledger.ReceiptsAsync([envelope.Position], cancellation) is not [var receipt])
        {
            return LedgerBook.NotYet();
        }
        var body = type == TextType ? Encoding.UTF8.GetBytes(receipt.ToString()) : Written(envelope, receipt, mayReadAll ? envelope.Open() : OpenEnvelope.Public(envelope));
        return isPublic && !mayReadAll
            ? Answer.Public(new PublicBody(body), $"{type}; charset=utf-8", ("Vary", "Accept"), ("Vary", "Authorization"))
            : new Answer(StatusCodes.Status200OK, body, Answer.ETagOf(body)) { ContentType = $"{type}; charset=utf-8", Headers = [("Vary", "Accept")] };
    }

    private static byte[] Written(Envelope envelope, Receipt receipt, byte[] open) => Json.Bytes(writer =>
    {
        var checkpoint = Checkpoint.Parse(receipt.Checkpoint.Text)!;
        writer.WriteStartObject();
        writer.WriteNumber("position", envelope.Position);
        writer.WriteNumber("index", receipt.Index);
        writer.WriteNumber("size", checkpoint.Size);
        writer.WriteString("commitment", Convert.ToHexStringLower(envelope.Commitment()));
        writer.WritePropertyName("envelope");
        writer.WriteRawValue(open);
        GetInclusion.WritePath(writer, receipt.Path);
        writer.WriteString("checkpoint", receipt.Checkpoint.ToString());
        writer.WriteEndObject();
    });

    private static async Task<Envelope?> FindAsync(NpgsqlDataSource database, Sight sight, string stream, long? position, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(sight.Open());
        var command = new NpgsqlBatchCommand(
            $"""
            select {StoredEnvelopes.Columns} from mt_events where (stream_id = $1 or starts_with(stream_id, 'error_' || $1 || '/')) and seq_id = coalesce($2,
                (select max(seq_id) from mt_events where stream_id = $1 and type in ('report_published', 'report_archived')))
            """);
        command.Parameters.Add(new() { Value = stream });
        command.Parameters.Add(new() { Value = position is { } one ? one : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint });
        batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? StoredEnvelopes.Read(reader) : null;
    }

    private static async Task<bool> MayReadAllAsync(Caller caller, string code, AgencyRegister register, CancellationToken cancellation) =>
        await register.FindAsync(code, cancellation) is { } agency && caller.ActsOn(agency.Agency, Role.Submitter, Role.SecrecyReviewer, Role.Reviewer) is not null;
}
