using DisclosureApi.Store.Replicas;
using System.Globalization;
using System.Text.Json;
using Disclosure.Agencies;
using DisclosureApi.Http;
using DisclosureApi.Store.Figures;
using Npgsql;

namespace DisclosureApi.Agencies;

/// <summary>GET /v1/roster/{year}: which bodies owe the report of a year, page by page in the order of codes.</summary>
internal static class GetRoster
{
    public static readonly OperationContract Contract = new("list_roster", "Agencies", "List who owes a year's report")
    {
        Description =
            "A body owes the report of each year in which it existed; a registrar may decide otherwise, with a reason. Bodies that were exempted are listed with owes false. "
            + "Each is told as what it stood in the register when the year ended, which its deadline goes by. In the order of codes. next is the address of the following page, null on the last.",
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
            select {BodyHistory.Entry}, d.owes, d.reason from bodies b left join duties d on d.agency = b.agency and d.year = $1
            where b.to_position is null and {BodyHistory.HoldsIn("b", "$1")} and ($2 = '' or b.agency {(page.IsBackwards ? '<' : '>')} $2)
                and (d.owes is not null or (b.valid_from <= $4 and (b.valid_to is null or b.valid_to >= $3)))
            order by b.agency {(page.IsBackwards ? "desc" : "asc")} limit $5
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
            entries.Add((reader.GetString(0), Json.Bytes(writer => Write(writer, year, reader))));
        }
        return page.Answer($"/v1/roster/{year}", entries);
    }

    private static void Write(Utf8JsonWriter writer, int year, NpgsqlDataReader row)
    {
        const int Owes = 9, Reason = 10;
        var agency = BodyHistory.Read(row, 0);
        var isDecided = !row.IsDBNull(Owes);
        writer.WriteStartObject();
        AgencySummary.Write(writer, agency);
        writer.WriteNumber("year", year);
        writer.WriteBoolean("owes", !isDecided || row.GetBoolean(Owes));
        writer.WriteString("basis", isDecided ? "decision" : "register");
        writer.WriteString("reason", isDecided ? row.GetString(Reason) : null);
        writer.WriteString("deadline", Duty.Deadline(agency.Kind, agency.Level, year).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    }
}
