using DisclosureApi.Store;
using DisclosureApi.Store.Following;
using DisclosureApi.Store.Replicas;

namespace DisclosureApi.Changes;

/// <summary>A publication, with its agency as it was called then.</summary>
internal sealed record Publication(Change Change, string Agency)
{
    /// <summary>What it was, in the words of its readers.</summary>
    public string Kind => Change.Type switch { Change.Corrected => "更正", Change.Archived => "补录", _ => "公布" };
}

/// <summary>The newest publications, which stand at the end of an index however many drafts were written since.</summary>
internal sealed class PublicationReader(ReadDatabase database)
{
    /// <returns>The id of the very first event of all, null before it; and the publications, newest first.</returns>
    public async Task<(Guid? First, IReadOnlyList<Publication> Newest)> NewestAsync(int count, CancellationToken cancellation)
    {
        await using var batch = (await database.WholeAsync(cancellation)).CreateBatch();
        batch.BatchCommands.Add(new("select id from mt_events where seq_id = 1"));
        batch.BatchCommands.Add(EventStore.Command(
            """
            select e.seq_id, e.id, e.type, e.timestamp, p.agency, p.year, p.revision, convert_from(p.body, 'UTF8')::jsonb #>> '{agency,name}'
            from (
                select p.* from publications p cross join lateral (
                    select from figures f where f.agency = p.agency and f.year = p.year and f.revision = p.revision and f.from_position = p.position offset 0) as counted
                order by p.position desc limit $1) as p
            join mt_events e on e.seq_id = p.position order by p.position desc
            """, count));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        Guid? first = await reader.ReadAsync(cancellation) ? reader.GetGuid(0) : null;
        await reader.NextResultAsync(cancellation);
        var newest = new List<Publication>();
        while (await reader.ReadAsync(cancellation))
        {
            newest.Add(new Publication(
                new Change(
                    reader.GetInt64(0), reader.GetGuid(1), Change.NameOf(reader.GetString(2), reader.GetInt32(6)), reader.GetFieldValue<DateTimeOffset>(3),
                    reader.GetString(4), reader.GetInt32(5), reader.GetInt32(6)),
                reader.GetString(7)));
        }
        return (first, newest);
    }
}
