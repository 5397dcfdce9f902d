using System.Text.Json;
using Disclosure.Agencies;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;
using Npgsql;

namespace DisclosureApi.Reports;

/// <summary>A report that waits for somebody.</summary>
/// <param name="Secrecy">passed, refused, or null while nobody has looked at the content as it is.</param>
/// <param name="Changed">Paths that changed since the report was last returned; null while it was not.</param>
public sealed record WorkItem(
    Agency Agency, int Year, string State, DateTimeOffset? Since, string? ContentHash, string? Secrecy, int Comments, IReadOnlyList<string>? Changed)
{
    private static readonly string[] _publishers = [Role.Submitter.Name, Role.Reviewer.Name];

    /// <summary>The command that brings it on, by its name in the workflow.</summary>
    public string NextStep => State switch
    {
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
        "publish" => _publishers,
        "reviewSecrecy" => [Role.SecrecyReviewer.Name],
        _ => [Role.Submitter.Name],
    };
}

/// <summary>What waits for whom, in one question to the read models.</summary>
public sealed class WorkList(NpgsqlDataSource database, Actors actors)
{
    private const string Question =
        """
        with mine as (
            select code, body, kind, valid_from, valid_to,
                code = any ($1) and $2 as submits, code = any ($1) and $3 as clears,
                coalesce(supervisor = any ($1), false) and $4 as reviews, coalesce(supervisor = any ($1), false) and $5 as archives
            from agencies
            where (code = any ($1) and ($2 or $3)) or (supervisor = any ($1) and ($4 or $5))),
        items as (
            select m.*, w.year, w.state, w.since, w.content_hash, w.secrecy, w.authors, w.comments, w.changed
            from mine m join work w on w.agency = m.code where w.state not in ('none', 'published', 'withdrawn')
            union all
            select m.*, $6, 'none', null::timestamptz, null, null, null, null, null
            from mine m left join duties d on d.agency = m.code and d.year = $6
            where coalesce(d.owes, m.valid_from <= make_date($6, 12, 31) and (m.valid_to is null or m.valid_to >= make_date($6, 1, 1)))
                and not exists (select from work w where w.agency = m.code and w.year = $6 and w.state <> 'none'))
        select body, year, state, since, content_hash, secrecy, comments, changed from items
        where ($7 = '' or case when $12 then (code, year) < ($7, $8) else (code, year) > ($7, $8) end) and (
            submits
            or (clears and state in ('draft', 'correcting') and secrecy is null and not coalesce($9 = any (authors), false))
            or (reviews and state in ('submitted', 'correctionSubmitted', 'approved', 'correctionApproved'))
            or (archives and state = 'none' and $10 > make_date($6 + 1, case kind when 'government' then 3 else 1 end, 31)))
        order by
        """;

    private const string Forwards = " code, year limit $11";

    private const string Backwards = " code desc, year desc limit $11";

    /// <summary>The legal day: deadlines are days of Asia/Shanghai, which has had no summer time since 1991.</summary>
    public static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);

    public async Task<IReadOnlyList<WorkItem>> ListAsync(Caller caller, DateOnly today, Page page, CancellationToken cancellation)
    {
        var (code, year) = page.Cursor.Split('/') is [var seen, var number] && int.TryParse(number, out var last) ? (seen, last) : ("", 0);
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(caller.Sight.Open());
        var command = new NpgsqlBatchCommand(Question + (page.IsBackwards ? Backwards : Forwards));
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
        reader.GetInt32(1), reader.GetString(2),
        reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3),
        reader.IsDBNull(4) ? null : reader.GetString(4),
        reader.IsDBNull(5) ? null : reader.GetString(5),
        reader.IsDBNull(6) ? 0 : reader.GetInt32(6),
        reader.IsDBNull(7) ? null : reader.GetFieldValue<string[]>(7));
}
