using DisclosureApi.Store;
using Microsoft.AspNetCore.WebUtilities;
using Npgsql;

namespace DisclosureApi.Reports.Redaction;

/// <summary>Somebody whom an id stands for, and where the name stands beside it.</summary>
/// <param name="IsAtWork">Whether something that the person wrote, reviewed or approved is not public yet.</param>
/// <param name="Accesses">Uses of the audit trail that asked for the person by name.</param>
internal sealed record HeldPerson(bool IsAtWork, long[] Accesses)
{
    /// <summary>Goes with the event that tells of it.</summary>
    public NpgsqlBatchCommand Remove(long redaction) => EventStore.Command("select disclosure_forget($1, $2)", redaction, Accesses);
}

/// <summary>Looks for what leads from the ids in events to persons.</summary>
internal sealed class HeldPersons(WholeDatabase whole, Actors actors)
{
    /// <summary>Reports that are on their way, and what the person did on them since they set out. Looked up report by report: what is put together in a comparison is not used to find rows that not every role may see.</summary>
    public const string AtWork =
        """
        select exists (
            select from reports r cross join lateral (
                select e.stream_id, e.version from mt_events e where e.stream_id = 'report/' || r.agency || '/' || r.year and e.user_name = $1 offset 0) as e
            where r.state not in ('none', 'published', 'withdrawn')
            and e.version > coalesce((select max(b.version) from mt_events b where b.stream_id = e.stream_id
                and b.type in ('report_published', 'report_archived', 'draft_discarded', 'report_withdrawn', 'report_reinstated', 'correction_opened')), 0))
        """;

    /// <summary>Null where nobody is known by this id, or not any more.</summary>
    public async Task<HeldPerson?> FindAsync(string id, CancellationToken cancellation)
    {
        if (await actors.SubjectOfAsync(id, cancellation) is not { } subject)
        {
            return null;
        }
        await using var batch = whole.Source.CreateBatch();
        batch.BatchCommands.Add(EventStore.Command(AtWork, id));
        batch.BatchCommands.Add(new("select number, asked from audit_accesses where asked ilike '%actor=%'"));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var isAtWork = reader.GetBoolean(0);
        await reader.NextResultAsync(cancellation);
        var accesses = new List<long>();
        while (await reader.ReadAsync(cancellation))
        {
            if (Actors(reader.GetString(1)).Contains(subject, StringComparer.Ordinal))
            {
                accesses.Add(reader.GetInt64(0));
            }
        }
        return new HeldPerson(isAtWork, [.. accesses]);
    }

    /// <summary>Whom a request asked for, however its address was written.</summary>
    private static string?[] Actors(string asked) =>
        asked.IndexOf('?', StringComparison.Ordinal) is > 0 and var at && QueryHelpers.ParseQuery(asked[at..]).TryGetValue("actor", out var people) ? people.ToArray() : [];
}
