using DisclosureApi.Store.Replicas;
using System.Text.Json;
using Disclosure.Reports;
using DisclosureApi.Http;

namespace DisclosureApi.Reports.Rechecks;

/// <summary>GET …/assessments: what the rules said of each public revision, whenever it was checked.</summary>
internal static class ListAssessments
{
    public static readonly OperationContract Contract = new("list_assessments", "Reports", "List the checks of a report")
    {
        Description =
            "Every check of what was ever public, in order, each under its rule set: at the submission that the publication followed (or as the report was brought in), after a correction of last year's report or of a predecessor's, and on request. "
            + "A later check leaves the earlier standing. A report that was never published has none and answers 404.",
        Answers = [new(200, "Assessments", "The checks") { Headers = ["ETag"] }, new(304, null, "The reader already has these bytes") { Headers = ["ETag"] }],
        Problems = [404],
    };

    /// <summary>Submissions are drafts to everyone's eyes but the host's; of them only those are told that were published. A revision's first check is the last submission before its publication.</summary>
    private const string Question =
        """
        select e.seq_id, e.timestamp, p.revision, case e.type when 'report_submitted' then 'submission' else 'archive' end, e.data #>> '{assessment,text}', null::int
        from publications p join lateral (
            select * from mt_events s where s.stream_id = $1 and s.seq_id <= p.position and s.type in ('report_submitted', 'report_archived') order by s.seq_id desc limit 1) e on true
        where p.agency = $2 and p.year = $3
        union all
        select seq_id, timestamp, (data ->> 'revision')::int, data ->> 'cause', data #>> '{assessment,text}', (data ->> 'previousRevision')::int
        from mt_events where stream_id = $1 and type = 'report_rechecked'
        order by 1
        """;

    public static async Task<IResult> HandleAsync(string code, int year, ReadDatabase database, CancellationToken cancellation)
    {
        var id = new ReportId(code, year);
        await using var command = (await database.WholeAsync(cancellation)).CreateCommand(Question);
        command.Parameters.Add(new() { Value = id.Stream });
        command.Parameters.Add(new() { Value = id.Agency });
        command.Parameters.Add(new() { Value = id.Year });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!reader.HasRows)
        {
            return new Problem(ProblemTypes.NotFound);
        }
        var found = new List<(long Position, DateTimeOffset At, int Revision, string Cause, string Text, int? Previous)>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add((
                reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetInt32(2), reader.GetString(3), reader.GetString(4),
                await reader.IsDBNullAsync(5, cancellation) ? null : reader.GetInt32(5)));
        }
        return Answer.Public(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items");
            foreach (var (position, at, revision, cause, text, previous) in found)
            {
                writer.WriteStartObject();
                writer.WriteNumber("revision", revision);
                writer.WriteString("cause", cause);
                writer.WriteString("checkedAt", PublishedBody.Time(at));
                writer.WriteNumber("position", position);
                WritePrevious(writer, previous);
                using var assessment = JsonDocument.Parse(text);
                foreach (var member in assessment.RootElement.EnumerateObject())
                {
                    member.WriteTo(writer);
                }
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static void WritePrevious(Utf8JsonWriter writer, int? previous)
    {
        if (previous is { } revision)
        {
            writer.WriteNumber("previousRevision", revision);
        }
        else
        {
            writer.WriteNull("previousRevision");
        }
    }
}
