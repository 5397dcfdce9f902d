using DisclosureApi.Http;
using DisclosureApi.Reports.Listing;
using DisclosureApi.Store;
using DisclosureApi.Store.Figures;
using DisclosureApi.Store.Replicas;

namespace DisclosureApi.Reports.Revisions;

/// <summary>GET /v1/agencies/{code}/reports: all that a body published, and all that those before it published whose duties it took over.</summary>
internal static class ListAgencyReports
{
    /// <summary>Nobody has so many bodies before it, one behind the other; a register that runs in a circle ends here.</summary>
    private const int MostSteps = 20;

    private static readonly string _rows =
        $"""
        with recursive line (code, successor, step) as (
            select $1::text, null::text, 0
            union
            select s.agency::text, l.code, l.step + 1 from line l join successions s on s.successors @> array[l.code] where l.step < {MostSteps} and s.agency <> $1),
        nearest as (select distinct on (code) code, successor from line order by code, step)
        select p.position, p.agency, p.year, r.revision, r.withdrawn_at is not null, a.name, a.region, a.level, a.kind, e.timestamp, timeliness.day,
               timeliness.day > {LegalDeadline.Of("p.year", "t.kind")}, n.successor, lpad(p.year::text, 4, '0') || p.agency as place
        from nearest n
        join publications p on p.agency = n.code and p.revision = 1
        join reports r on r.agency = p.agency and r.year = p.year
        join agencies a on a.code = p.agency
        join bodies t on t.agency = p.agency and t.to_position is null and {BodyHistory.HoldsIn("t", "p.year")}
        join mt_events e on e.seq_id = p.position
        cross join lateral (select coalesce((e.data->>'publishedOn')::date, (e.timestamp at time zone 'Asia/Shanghai')::date) as day) as timeliness
        """;

    public static readonly OperationContract Contract = new("list_agency_reports", "Reports", "List a body's reports and those of the bodies before it")
    {
        Description =
            "Reports of the body itself and of all whose duties it took over, directly or one after another (predecessor; successor names who took over next), in the order of years. "
            + "A renamed body is the same body: its reports are its own. Each report bears the agency as the register knows it now.",
        IsPaged = true,
        Answers = [new(200, "AgencyReportPage", "A page of reports") { Headers = ["ETag", "Link"] }, new(304, null, "The reader already has these bytes") { Headers = ["ETag", "Link"] }],
        Problems = [400, 404],
    };

    public static async Task<IResult> HandleAsync(string code, HttpRequest request, AgencyRegister register, ReadDatabase database, CancellationToken cancellation)
    {
        var page = Page.Of(request);
        if (await register.FindAsync(code, cancellation) is null)
        {
            return new Problem(ProblemTypes.NotFound);
        }
        await using var command = (await database.SourceAsync(cancellation)).CreateCommand(
            $"select * from ({_rows}) as listed where $2 = '' or place {(page.IsBackwards ? '<' : '>')} $2 order by place {(page.IsBackwards ? "desc" : "asc")} limit $3");
        foreach (var value in (object[])[code, page.Cursor, page.Limit + 1])
        {
            command.Parameters.Add(new() { Value = value });
        }
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(string, byte[])>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add((reader.GetString(13), Json.Bytes(writer =>
            {
                writer.WriteStartObject();
                ListReports.WriteMembers(writer, reader);
                writer.WriteString("relation", reader.IsDBNull(12) ? "own" : "predecessor");
                writer.WriteString("successor", reader.IsDBNull(12) ? null : reader.GetString(12));
                writer.WriteEndObject();
            })));
        }
        return page.Answer($"/v1/agencies/{code}/reports", found);
    }
}
