using System.Text.Json;
using Disclosure.Agencies;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Reports.Listing;
using DisclosureApi.Store;
using DisclosureApi.Store.Figures;
using Npgsql;

namespace DisclosureApi.Reports;

/// <summary>A report that waits for somebody.</summary>
/// <param name="Kind">What of it waits: the <c>report</c> itself, the <c>errorReports</c> that readers sent, or the
/// <c>newFindings</c> of a later check.</param>
/// <param name="Secrecy">passed, refused, or null while nobody has looked at the content as it is.</param>
/// <param name="Changed">Paths that changed since the report was last returned; null while it was not.</param>
/// <param name="NewFindings">How many findings nobody has seen yet, where those wait.</param>
/// <param name="ErrorReports">How many error reports wait for an answer, where those do.</param>
/// <param name="Deadline">By what the body was when the year ended.</param>
public sealed record WorkItem(
    Agency Agency, int Year, string Kind, string State, DateTimeOffset? Since, string? ContentHash, string? Secrecy, int Comments, IReadOnlyList<string>? Changed, int ErrorReports, int NewFindings, DateOnly Deadline)
{
    public const string OfReport = "report";
    public const string OfErrorReports = "errorReports";
    public const string OfNewFindings = "newFindings";

    /// <summary>The kinds in the order in which they stand for one report.</summary>
    private static readonly string[] _kinds = [OfReport, OfErrorReports, OfNewFindings];

    private static readonly string[] _publishers = [Role.Submitter.Name, Role.Reviewer.Name];

    /// <summary>Its place among those of one report.</summary>
    public int Place => Array.IndexOf(_kinds, Kind);

    public static string KindAt(int place) => _kinds[place];

    /// <summary>The command that brings it on, by its name in the workflow.</summary>
    public string NextStep => State switch
    {
        _ when Kind == OfErrorReports => "answerErrorReports",
        _ when Kind == OfNewFindings => "recheck",
        "none" => "editDraft",
        "submitted" or "correctionSubmitted" => "approve",
        "approved" or "correctionApproved" => "publish",
        _ when Secrecy == "refused" || Changed is { Count: 0 } => "editDraft",
        _ => Secrecy == "passed" ? "submit" : "reviewSecrecy",
    };

    /// <summary>Who takes it: one of these roles.</summary>
    public IReadOnlyList<string> WaitsFor => NextStep switch
    {
        "approve" => [Role.Reviewer.Name],
        "publish" or "answerErrorReports" or "recheck" => _publishers,
        "reviewSecrecy" => [Role.SecrecyReviewer.Name],
        _ => [Role.Submitter.Name],
    };
}

/// <summary>What waits for whom, in one question to the read models.</summary>
public sealed class WorkList(NpgsqlDataSource database, Actors actors)
{
    private static readonly string _question =
        $"""
        with mine as (
            select code, body, valid_from, valid_to,
                code = any ($1) and $2 as submits, code = any ($1) and $3 as clears,
                coalesce(supervisor = any ($1), false) and $4 as reviews, coalesce(supervisor = any ($1), false) and $5 as archives
            from agencies
            where (code = any ($1) and ($2 or $3)) or (supervisor = any ($1) and ($4 or $5))),
        items as (
            select m.*, w.year, 0 as kind, w.state, w.since, w.content_hash, w.secrecy, w.authors, w.comments, w.changed, 0 as error_reports, 0 as new_findings
            from mine m join work w on w.agency = m.code where w.state not in ('none', 'published', 'withdrawn')
            union all
            select m.*, $6, 0, 'none', null::timestamptz, null, null, null, null, null, 0, 0
            from mine m left join duties d on d.agency = m.code and d.year = $6
            where coalesce(d.owes, m.valid_from <= make_date($6, 12, 31) and (m.valid_to is null or m.valid_to >= make_date($6, 1, 1)))
                and not exists (select from work w where w.agency = m.code and w.year = $6 and w.state <> 'none')
            union all
            select m.*, e.year, 1, r.state, e.since, null, null, null, null, null, e.waiting, 0
            from mine m
            cross join lateral (
                select year, count(*)::integer as waiting, min(reported_at) as since from error_reports where agency = m.code and state = 'open' group by year) as e
            join reports r on r.agency = m.code and r.year = e.year
            union all
            select m.*, w.year, 2, w.state, w.since, null, null, null, null, null, 0, w.new_findings
            from mine m join work w on w.agency = m.code where w.new_findings > 0)
        select body, year, kind, state, since, content_hash, secrecy, comments, changed, error_reports, new_findings, level_then, kind_then from items
        cross join lateral (
            select b.level as level_then, b.kind as kind_then from bodies b where b.agency = items.code and b.to_position is null and {BodyHistory.HoldsIn("b", "items.year")} offset 0) as in_year
        where ($7 = '' or case when $12 then (code, year, kind) < ($7, $8, $13) else (code, year, kind) > ($7, $8, $13) end) and case when kind > 0 then submits or reviews else
            submits
            or (clears and state in ('draft', 'correcting') and secrecy is null and not coalesce($9 = any (authors), false))
            or (reviews and state in ('submitted', 'correctionSubmitted', 'approved', 'correctionApproved'))
            or (archives and state = 'none' and $10 > {LegalDeadline.Of("$6", "kind_then")}) end
        order by
        """;

    private const string Forwards = " code, year, kind limit $11";

    private const string Backwards = " code desc, year desc, kind desc limit $11";

    /// <summary>The legal day: deadlines are days of Asia/Shanghai, which has had no summer time since 1991.</summary>
    public static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);

    public async Task<IReadOnlyList<WorkItem>> ListAsync(Caller caller, DateOnly today, Page page, CancellationToken cancellation)
    {
        var (code, year, kind) = page.Cursor.Split('/') is [var seen, var number, var place] && int.TryParse(number, out var last) && int.TryParse(place, out var at) ? (seen, last, at) : ("", 0, 0);
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(caller.Sight.Open());
        var command = new NpgsqlBatchCommand(_question + (page.IsBackwards ? Backwards : Forwards));
        batch.BatchCommands.Add(command);
        command.Parameters.Add(new() { Value = caller.Agencies.ToArray() });
        foreach (var role in (Role[])[Role.Submitter, Role.SecrecyReviewer, Role.Reviewer, Role.Archivist])
        {
            command.Parameters.Add(new() { Value = caller.Scopes.Contains(role.Scope) });
        }
        // What is due is the report on the year before.
        command.Parameters.Add(new() { Value = today.Year - 1 });
        command.Parameters.Add(new() { Value = code });
        command.Parameters.Add(new() { Value = year });
        command.Parameters.Add(new() { Value = await actors.KnownIdOfAsync(caller.Issuer, caller.Subject, cancellation) });
        command.Parameters.Add(new() { Value = today });
        command.Parameters.Add(new() { Value = page.Limit + 1 });
        command.Parameters.Add(new() { Value = page.IsBackwards });
        command.Parameters.Add(new() { Value = kind });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        var items = new List<WorkItem>();
        while (await reader.ReadAsync(cancellation))
        {
            items.Add(Read(reader));
        }
        return items;
    }

    private static WorkItem Read(NpgsqlDataReader reader) => new(
        JsonSerializer.Deserialize<Agency>(reader.GetFieldValue<byte[]>(0), Json.Options)!,
        reader.GetInt32(1), WorkItem.KindAt(reader.GetInt32(2)), reader.GetString(3),
        reader.IsDBNull(4) ? null : reader.GetFieldValue<DateTimeOffset>(4),
        reader.IsDBNull(5) ? null : reader.GetString(5),
        reader.IsDBNull(6) ? null : reader.GetString(6),
        reader.IsDBNull(7) ? 0 : reader.GetInt32(7),
        reader.IsDBNull(8) ? null : reader.GetFieldValue<string[]>(8),
        reader.GetInt32(9), reader.GetInt32(10),
        Duty.Deadline(Enum.Parse<AgencyKind>(reader.GetString(12), ignoreCase: true), Enum.Parse<AgencyLevel>(reader.GetString(11), ignoreCase: true), reader.GetInt32(1)));
}
