using System.Text.Json;
using Disclosure.Agencies;
using Disclosure.Contents;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Http.Guarding;
using DisclosureApi.Store;

namespace DisclosureApi.Agencies.Import;

/// <summary>POST /v1/agencies with a CSV file: registers many bodies, and tells of each row what became of it.</summary>
internal static class PostAgencies
{
    /// <summary>Rows under way at once, which the store commits together.</summary>
    private const int AtOnce = 64;

    public static readonly OperationContract Contract = new("import_agencies", "Agencies", "Register many agencies from a CSV file")
    {
        Description =
            $"The first line names the columns: {string.Join(",", RegisterFile.Columns)}; successors are parted by spaces. At most {RegisterFile.MaxRows} rows. UTF-8, or GB18030 where charset says so. "
            + "Each row is registered, found unchanged, or refused with all that is wrong with it, by line; a row that is refused stops no other. A row that differs from an entry that is there is refused: "
            + "entries are changed one by one. Sent again, after a cut connection or with rows put right, a file registers nothing twice, so that it needs no Idempotency-Key. "
            + "A file that cannot be read to its end registers nothing.",
        Body = "AgencyImport",
        BodyType = Body.CsvType,
        Answers = [new(200, "AgencyImportResult", "What became of each row")],
        Problems = [403, 413, 415, 422],
        Refusals = [ProblemTypes.UnreadableDocument],
    };

    private enum Outcome
    {
        Registered,
        Unchanged,
        Refused,
    }

    public static async Task<IResult> HandleAsync(HttpContext context, AgencyRegister register, EventStore store, Actors actors, CancellationToken cancellation)
    {
        if (Body.MediaTypeOf(context.Request) is not Body.CsvType)
        {
            return Body.UnsupportedMediaType([Body.CsvType]);
        }
        var rows = RegisterFile.Read(await Body.BytesAsync(context), Body.CharsetOf(context.Request));
        // Thousands of rows take their time; each by itself is waited for no longer than any other write.
        Patience.Hold(context);
        var importing = new Importing(context, Caller.Of(context)!, register, store, actors);
        var firstLines = rows.GroupBy(row => row.Code, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First().Line, StringComparer.Ordinal);
        var told = new List<(RegisterRow Row, Outcome Outcome, IReadOnlyList<Fault> Faults)>();
        foreach (var chunk in rows.Chunk(AtOnce))
        {
            var outcomes = await Task.WhenAll(chunk.Select(row => importing.RegisterAsync(row, firstLines[row.Code], cancellation)));
            told.AddRange(chunk.Zip(outcomes, (row, result) => (row, result.Outcome, result.Faults)));
        }
        return new Answer(StatusCodes.Status200OK, Json.Bytes(writer => Write(writer, told)), etag: "");
    }

    private static void Write(Utf8JsonWriter writer, List<(RegisterRow Row, Outcome Outcome, IReadOnlyList<Fault> Faults)> told)
    {
        writer.WriteStartObject();
        foreach (var outcome in Enum.GetValues<Outcome>())
        {
            writer.WriteNumber(Name(outcome), told.Count(row => row.Outcome == outcome));
        }
        writer.WriteStartArray("rows");
        foreach (var (row, outcome, faults) in told)
        {
            writer.WriteStartObject();
            writer.WriteNumber("line", row.Line);
            writer.WriteString("code", row.Code);
            writer.WriteString("outcome", Name(outcome));
            writer.WriteStartArray("errors");
            foreach (var fault in faults)
            {
                writer.WriteStartObject();
                writer.WriteString("column", fault.Pointer.Split('/').ElementAtOrDefault(1));
                writer.WriteStartObject("messages");
                writer.WriteString("zh", fault.Message.Zh);
                writer.WriteString("en", fault.Message.En);
                writer.WriteEndObject();
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string Name(Outcome outcome) => JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString());

    /// <summary>One request's way with its rows, each in a transaction of its own.</summary>
    private sealed class Importing(HttpContext context, Caller caller, AgencyRegister register, EventStore store, Actors actors)
    {
        public async Task<(Outcome Outcome, IReadOnlyList<Fault> Faults)> RegisterAsync(RegisterRow row, int firstLine, CancellationToken cancellation)
        {
            if (row.Agency is not { } wanted)
            {
                return (Outcome.Refused, row.Faults);
            }
            if (firstLine != row.Line)
            {
                return Refused("/code", $"与第{firstLine}行代码相同", $"line {firstLine} has the same code");
            }
            if (!AgencyDesk.Manages(caller, wanted))
            {
                return Refused("/supervisor", "只能登记由本机关主管的单位", "a registrar with an office registers only bodies that this office supervises");
            }
            if (await register.FindAsync(row.Code, cancellation) is { } there)
            {
                return Beside(there.Agency, wanted);
            }
            var provenance = await caller.ProvenanceAsync(actors, context, Role.Registrar, caller.Agencies.Count == 0 ? null : wanted.Supervisor, cancellation);
            var stored = await store.AppendAsync(AgencyDesk.Append(row.Code, 0, AgencyDecider.Put(null, wanted), provenance), cancellation);
            return stored is AppendResult.Stored ? (Outcome.Registered, []) : Beside((await register.FindAsync(row.Code, cancellation))!.Agency, wanted);
        }

        private static (Outcome Outcome, IReadOnlyList<Fault> Faults) Beside(Agency there, Agency wanted) => AgencyDecider.Put(there, wanted).Count == 0
            ? (Outcome.Unchanged, [])
            : Refused("/code", "已登记且内容不同；请用PUT变更", "is registered with other data; change the entry with PUT");

        private static (Outcome Outcome, IReadOnlyList<Fault> Faults) Refused(string pointer, string zh, string en) => (Outcome.Refused, [new Fault(pointer, new(zh, en))]);
    }
}
