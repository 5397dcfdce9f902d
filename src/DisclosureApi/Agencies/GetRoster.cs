using DisclosureApi.Store.Replicas;
using System.Globalization;
using System.Text.Json;
using Disclosure.Agencies;
using DisclosureApi.Http;

namespace DisclosureApi.Agencies;

/// <summary>GET /v1/roster/{year}: which bodies owe the report of a year, page by page in the order of codes.</summary>
internal static class GetRoster
{
    public static readonly OperationContract Contract = new("list_roster", "Agencies", "List who owes a year's report")
    {
        Description =
            "A body owes the report of each year in which it existed; a registrar may decide otherwise, with a reason. Bodies that were exempted are listed with owes false. "
            + "In the order of codes. next is the address of the following page, null on the last.",
        IsPaged = true,
        Answers = [new(200, "RosterPage", "A page of the roster") { Headers = ["ETag", "Link"] }, new(304, null, "The reader already has these bytes") { Headers = ["ETag"] }],
        Problems = [400, 404],
    };

    public static async Task<IResult> HandleAsync(int year, HttpRequest request, ReadDatabase database, CancellationToken cancellation)
    {
        if (!FilingBody.IsReportYear(year) || year == DateOnly.MaxValue.Year)
        {
            return new Problem(ProblemTypes.NotFound);
        }
        var page = Page.Of(request);
        await using var command = (await database.SourceAsync(cancellation)).CreateCommand(
            $"""
            select a.code, a.body, d.owes, d.reason from agencies a left join duties d on d.agency = a.code and d.year = $1
            where ($2 = '' or a.code {(page.IsBackwards ? '<' : '>')} $2) and (d.owes is not null or (a.valid_from <= $4 and (a.valid_to is null or a.valid_to >= $3)))
            order by a.code {(page.IsBackwards ? "desc" : "asc")} limit $5
            """);
        command.Parameters.Add(new() { Value = year });
        command.Parameters.Add(new() { Value = page.Cursor });
        command.Parameters.Add(new() { Value = new DateOnly(year, 1, 1) });
        command.Parameters.Add(new() { Value = new DateOnly(year, 12, 31) });
        command.Parameters.Add(new() { Value = page.Limit + 1 });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var entries = new List<(string, byte[])>();
        while (await reader.ReadAsync(cancellation))
        {
            var agency = JsonSerializer.Deserialize<Agency>(reader.GetFieldValue<byte[]>(1), Json.Options)!;
            var decided = await reader.IsDBNullAsync(2, cancellation) ? (bool?)null : reader.GetBoolean(2);
            var reason = decided is null ? null : reader.GetString(3);
            entries.Add((agency.Code, Json.Bytes(writer => Write(writer, agency, year, decided, reason))));
        }
        return page.Answer($"/v1/roster/{year}", entries);
    }

    private static void Write(Utf8JsonWriter writer, Agency agency, int year, bool? decided, string? reason)
    {
        writer.WriteStartObject();
        AgencySummary.Write(writer, agency);
        writer.WriteNumber("year", year);
        writer.WriteBoolean("owes", decided ?? true);
        writer.WriteString("basis", decided is null ? "register" : "decision");
        writer.WriteString("reason", reason);
        writer.WriteString("deadline", Duty.Deadline(agency.Kind, agency.Level, year).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    }
}
