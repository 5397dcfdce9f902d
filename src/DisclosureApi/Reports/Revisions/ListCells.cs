using DisclosureApi.Store.Replicas;
using System.Globalization;
using System.Text.Json;
using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Reports;
using DisclosureApi.Http;
using Npgsql;

namespace DisclosureApi.Reports.Revisions;

/// <summary>
/// GET /v1/agencies/{code}/cells?pointer=: one number through years and revisions. It is called cells because the API calls
/// the numbers of the tables so, and names them by pointers; a pointer has slashes, so it stands in the query.
/// </summary>
internal static class ListCells
{
    private const string Select =
        """
        select p.year, p.revision, e.timestamp, r.revision, r.withdrawn_at is not null, c.content #>> array['forms', $2], c.content #>> array['tables', $2, $3, $4]
        from publications p
        join reports r on r.agency = p.agency and r.year = p.year
        join mt_events e on e.seq_id = p.position
        cross join lateral (select convert_from(p.body, 'UTF8')::jsonb -> 'content' as content) as c
        where p.agency = $1
        """;

    private const string Forwards = $"{Select} and (p.year, p.revision) > ($5, $6) order by p.year, p.revision limit $7";
    private const string Backwards = $"{Select} and (p.year, p.revision) < ($5, $6) order by p.year desc, p.revision desc limit $7";

    public static readonly OperationContract Contract = new("list_cells", "Reports", "Read one cell through years and revisions")
    {
        Description =
            "What every public revision of every report of this body says in one cell, in the order of years and revisions, under the label that the form of each prints. A number is null where "
            + "the revision does not give it. standing tells whether the revision is what its report says now.",
        IsPaged = true,
        Parameters = ["pointer"],
        Answers = [new(200, "CellPage", "A page of what the cell said") { Headers = ["ETag", "Link"] }, new(304, null, "The reader already has these bytes") { Headers = ["ETag", "Link"] }],
        Problems = [400, 404],
    };

    public static async Task<IResult> HandleAsync(string code, HttpRequest request, ReadDatabase database, CancellationToken cancellation)
    {
        var page = Page.Of(request, "pointer");
        var cell = CellOf(request);
        var (year, revision) = Place(page);
        await using var known = (await database.SourceAsync(cancellation)).CreateCommand("select exists (select from agencies where code = $1)");
        known.Parameters.Add(new() { Value = code });
        if (await known.ExecuteScalarAsync(cancellation) is false)
        {
            return new Problem(ProblemTypes.NotFound);
        }
        await using var command = (await database.SourceAsync(cancellation)).CreateCommand(page.IsBackwards ? Backwards : Forwards);
        foreach (var value in (object[])[code, cell.Address.Table, cell.Address.Row, cell.Address.Column, year, revision, page.Limit + 1])
        {
            command.Parameters.Add(new() { Value = value });
        }
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(string, byte[])>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(($"{reader.GetInt32(0)}/{reader.GetInt32(1)}", Json.Bytes(writer => Write(writer, code, cell, reader))));
        }
        return page.Answer($"/v1/agencies/{code}/cells", found);
    }

    private static Cell CellOf(HttpRequest request) =>
        request.Query["pointer"] is [{ Length: <= 200 } pointer] && CellAddress.Parse(pointer) is { } address && KnownFormats.FindCell(address) is { } cell
            ? cell
            : throw Page.Wrong(
                "pointer应为表内一个数据的JSON指针，如/tables/applications/received/total，见/v1/formats",
                "pointer must be the JSON pointer of one cell, such as /tables/applications/received/total; /v1/formats has them all.");

    private static (int Year, int Revision) Place(Page page) => page.Cursor.Length == 0 ? (0, 0)
        : page.Cursor.Split('/') is [var year, var revision]
            && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var first) && int.TryParse(revision, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            ? (first, second)
            : throw Page.WrongCursor(page.IsBackwards ? "before" : "after");

    private static void Write(Utf8JsonWriter writer, string code, Cell cell, NpgsqlDataReader row)
    {
        var (year, revision) = (row.GetInt32(0), row.GetInt32(1));
        var form = KnownFormats.ByKey(row.IsDBNull(5) ? null : row.GetString(5));
        writer.WriteStartObject();
        writer.WriteNumber("year", year);
        writer.WriteNumber("revision", revision);
        writer.WriteString("publishedAt", PublishedBody.Time(row.GetFieldValue<DateTimeOffset>(2)));
        writer.WriteString("standing", revision < row.GetInt32(3) ? "superseded" : row.GetBoolean(4) ? "withdrawn" : "current");
        writer.WriteString("form", form?.Key);
        writer.WriteString("label", ContentLabels.Of(cell.Address.Pointer, form));
        writer.WriteString("unit", cell.Column.Unit ?? KnownFormats.All[0].Table(cell.Address.Table).Unit);
        writer.WritePropertyName("value");
        writer.WriteRawValue(row.IsDBNull(6) ? "null" : row.GetString(6));
        writer.WriteStartObject("links");
        writer.WriteString("revision", Links.Revision(new ReportId(code, year), revision));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
