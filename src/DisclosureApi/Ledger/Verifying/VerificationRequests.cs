using DisclosureApi.Access;
using DisclosureApi.Http;
using Disclosure.Ledger;

namespace DisclosureApi.Ledger.Verifying;

/// <summary>/v1/audit/verification: the whole ledger made again from the events, on request.</summary>
internal static class VerificationRequests
{
    public static readonly OperationContract Start = new("start_verification", "Audit", "Verify the whole ledger")
    {
        Description = "Makes every entry, node and root again from the events and holds them against what was stored and signed, in the background. While one runs, that is the one. It changes nothing and needs no key.",
        Answers = [new(202, "Verification", "It runs; ask with GET how it went")],
        Problems = [403],
    };

    public static readonly OperationContract Read = new("get_verification", "Audit", "Read the result of the newest verification")
    {
        Description = "With the first position that differs, where one does. Before anyone asked for one the outcome is `none`.",
        Answers = [new(200, "Verification", "The newest verification")],
        Problems = [403],
    };

    public static async Task<IResult> StartAsync(HttpContext context, VerificationJob job, CancellationToken cancellation) =>
        Told(StatusCodes.Status202Accepted, await job.StartAsync(Caller.Of(context)!, cancellation));

    public static async Task<IResult> ReadAsync(VerificationJob job, CancellationToken cancellation) =>
        Told(StatusCodes.Status200OK, await job.LastAsync(cancellation));

    private static Answer Told(int status, Verification? verification) => new(status, Json.Bytes(writer =>
    {
        writer.WriteStartObject();
        WriteNumber("number", verification?.Number);
        writer.WriteString("startedAt", verification is null ? null : Envelope.TimeText(verification.StartedAt));
        writer.WriteString("finishedAt", verification?.FinishedAt is { } at ? Envelope.TimeText(at) : null);
        writer.WriteString("outcome", verification switch { null => "none", { FinishedAt: null } => "running", { Fault: null } => "whole", _ => "broken" });
        WriteNumber("size", verification?.Size);
        WriteNumber("firstDifference", verification?.Position);
        writer.WriteString("fault", verification?.Fault);
        writer.WriteEndObject();

        void WriteNumber(string name, long? value)
        {
            writer.WritePropertyName(name);
            if (value is { } number)
            {
                writer.WriteNumberValue(number);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }), etag: "");
}
