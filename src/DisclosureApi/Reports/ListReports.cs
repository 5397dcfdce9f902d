using DisclosureApi.Store.Replicas;
using System.Globalization;
using System.Text.Json;
using Disclosure.Agencies;
using Disclosure.Reports;
using Disclosure.Rules;
using DisclosureApi.Http;
using DisclosureApi.Reports.AsOf;
using DisclosureApi.Reports.Listing;
using Npgsql;

namespace DisclosureApi.Reports;

/// <summary>GET /v1/reports: every report that was ever published, page by page in the order of first publication.</summary>
internal static class ListReports
{
    private static readonly string[] _filters = ["year", "region", "level", "kind", "agency", "status", "late", "finding", "asOf"];

    private static readonly string[] _codes = [.. RuleBook.Rules.Select(rule => rule.Code)];

    public static readonly OperationContract Contract = new("list_reports", "Reports", "List published reports")
    {
        Description =
            "Every report that was ever published, in the order of first publication, with its agency as the register knows it now. Each report stands once, at a place that never "
            + "changes: whoever follows next meets every report that was there at the start exactly once. Filters may be combined; finding chooses by the findings stored with the revision that is "
            + "public, so that a withdrawn report is not found by it. With asOf it is the list as it stood at that time, with "
            + "agencies as the register knew them then, and the same whenever it is asked again.",
        IsPaged = true,
        Filters = _filters,
        Answers = [new(200, "ReportPage", "A page of reports") { Headers = ["ETag", "Link"] }, new(304, null, "The reader already has these bytes") { Headers = ["ETag", "Link"] }],
        Problems = [400],
        Refusals = [ProblemTypes.ImpossibleQuery],
    };

    public static async Task<IResult> HandleAsync(HttpRequest request, ReadDatabase database, ReportsThen then, CancellationToken cancellation)
    {
        var page = Page.Of(request, _filters);
        var asked = new ListedQuestion(
            Filter.Year(request), Filter.RegionPrefix(request), Filter.Choice<AgencyLevel>(request, "level"), Filter.Choice<AgencyKind>(request, "kind"),
            Filter.Code(request, "agency"), Truth(Filter.Choice(request, "status", "published", "withdrawn"), "withdrawn"), Truth(Filter.Choice(request, "late", "true", "false"), "true"),
            Filter.Choice(request, "finding", _codes), await then.PositionAsync(request, cancellation));
        await using var command = await new ListedReports(database, asked, page, Position(page)).CommandAsync(cancellation);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(string, byte[])>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add((reader.GetInt64(0).ToString(CultureInfo.InvariantCulture), Json.Bytes(writer => Write(writer, reader))));
        }
        return page.Answer("/v1/reports", found);
    }

    private static long Position(Page page) => page.Cursor.Length == 0 ? 0
        : long.TryParse(page.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position
        : throw Page.WrongCursor(page.IsBackwards ? "before" : "after");

    private static bool? Truth(string? given, string means) => given is null ? null : given == means;

    private static void Write(Utf8JsonWriter writer, NpgsqlDataReader row)
    {
        writer.WriteStartObject();
        WriteMembers(writer, row);
        writer.WriteEndObject();
    }

    /// <summary>The members of a report in a list, from the columns of <see cref="ListedReports"/> and whether it was late.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, NpgsqlDataReader row)
    {
        var id = new ReportId(row.GetString(1), row.GetInt32(2));
        writer.WriteStartObject("agency");
        writer.WriteString("code", id.Agency);
        writer.WriteString("name", row.GetString(5));
        writer.WriteString("region", row.GetString(6));
        writer.WriteString("level", row.GetString(7));
        writer.WriteString("kind", row.GetString(8));
        writer.WriteEndObject();
        writer.WriteNumber("year", id.Year);
        writer.WriteNumber("revision", row.GetInt32(3));
        writer.WriteString("status", row.GetBoolean(4) ? "withdrawn" : "published");
        writer.WriteString("firstPublishedAt", PublishedBody.Time(row.GetFieldValue<DateTimeOffset>(9)));
        writer.WriteString("firstPublishedOn", row.GetFieldValue<DateOnly>(10).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteBoolean("late", row.GetBoolean(11));
        writer.WriteStartObject("links");
        writer.WriteString("report", Links.Report(id));
        writer.WriteString("revisions", Links.Revisions(id));
        writer.WriteEndObject();
    }
}
