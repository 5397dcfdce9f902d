using Disclosure.Reports;
using DisclosureApi.Store;
using DisclosureApi.Store.Following;
using Npgsql;

namespace DisclosureApi.Reports.Rechecks;

/// <summary>
/// Checks a public report again when last year's, which it was held against, is corrected (XY-008), or that of a body whose
/// duties its own took over in the year. Every host looks; whose
/// event comes first has done it, and the others find it done. What is due is read from the tables alone, and how far
/// it was looked through is noted behind the work and not before it, so that a host that died on the way leaves nothing undone
/// and the next need not begin with the first report there is.
/// </summary>
internal sealed class RechecksAfterCorrections(WholeDatabase whole, FiledReports reports, Rechecker rechecker, Follower follower, TimeProvider clock, ILogger<RechecksAfterCorrections> log)
    : BackgroundService
{
    private const int MostAtOnce = 1_000;

    /// <summary>Positions from one note to the next: each publication is looked at by every host, and what one that starts looks at once more is little.</summary>
    public const int NotedEvery = 1_000;

    /// <summary>
    /// What became public behind a position, and of that what is due: a public report and the correction of the year before
    /// that it was not held against yet, whichever of the two became public later. Of which revision of a predecessor's report
    /// a check was made is not told; it was made with it when it came later. Checks are looked up report by report (offset 0): a
    /// joined comparison would be made with every event.
    /// </summary>
    public const string Due =
        """
        with news as (select agency, year, revision, from_position as position from figures where from_position > $1 order by from_position limit $2),
        touched as (
            select agency, year from news union select agency, year + 1 from news where revision > 1
            union select taken.successor, news.year + 1 from news join successions s using (agency) cross join unnest(s.successors) as taken (successor) where revision > 1),
        due as (
            select distinct on (n.agency, n.year) n.agency, n.year, e.user_name, e.headers ->> 'role' as role, e.headers ->> 'agency' as acting, e.correlation_id,
                c.position as corrected, c.agency = n.agency as own
            from touched t
            join reports n on n.agency = t.agency and n.year = t.year and n.revision is not null and n.withdrawal_reason is null
            join publications p on p.agency = n.agency and p.year = n.year and p.revision = n.revision
            cross join lateral (
                select n.agency as code union all select a.code from successions s join agencies a on a.code = s.agency
                where s.successors @> array[n.agency::text] and (extract(year from a.valid_to) = n.year or a.valid_to = make_date(n.year - 1, 12, 31))) as bodies
            join reports before on before.agency = bodies.code and before.year = n.year - 1 and before.revision > 1 and before.withdrawal_reason is null
            join publications c on c.agency = before.agency and c.year = before.year and c.revision = before.revision
            join mt_events e on e.seq_id = c.position
            where (select max(s.seq_id) from mt_events s where s.stream_id = 'report/' || n.agency || '/' || n.year
                    and s.type in ('report_submitted', 'report_archived') and s.seq_id <= p.position) < c.position
                and not exists (select from mt_events r where r.stream_id = 'report/' || n.agency || '/' || n.year and r.type = 'report_rechecked'
                    and (r.data ->> 'revision')::int = n.revision
                    and case when c.agency = n.agency and r.data ? 'previousRevision' then (r.data ->> 'previousRevision')::int >= c.revision else r.seq_id > c.position end offset 0)
            order by n.agency, n.year, c.position desc)
        select (select max(position) from news), due.* from (values (1)) as one left join due on true
        """;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _news = new(0, 1);

    private const string Noted = "select last_seq_id from mt_event_progression where name = 'rechecks'";

    private const string Note =
        """
        insert into mt_event_progression (name, last_seq_id) values ('rechecks', $1)
        on conflict (name) do update set last_seq_id = greatest(mt_event_progression.last_seq_id, excluded.last_seq_id), last_updated = transaction_timestamp()
        """;

    /// <summary>What became public up to here has been looked at; null where this host has not asked yet.</summary>
    private long? _seen;

    /// <summary>How far that is noted.</summary>
    private long _noted;

    private sealed record DueRecheck(ReportId Id, Provenance Provenance, Corrected Correction);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        follower.Published += Wake;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await DueAsync(stoppingToken) is (var upTo, var due))
                {
                    foreach (var recheck in due)
                    {
                        await CarryOutAsync(recheck, stoppingToken);
                    }
                    await NoteAsync(upTo, stoppingToken);
                }
                await _news.WaitAsync(Poll, stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                // The host ends and so may its database; what is due is found by the next host.
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException or InvalidOperationException)
            {
                log.LogWarning(fault, "Reports could not be checked against corrected figures; it is tried again.");
                await Task.Delay(Poll, clock, CancellationToken.None);
            }
        }
        follower.Published -= Wake;
    }

    private async Task CarryOutAsync(DueRecheck recheck, CancellationToken cancellation)
    {
        // Somebody who is faster each time is at work on this report; a new try finds it done or due.
        while (await reports.FindForHostAsync(recheck.Id, cancellation) is { Report.Public: not null } filed
            && await rechecker.TryAsync(filed, recheck.Provenance, null, cancellation, recheck.Correction) is null)
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>What is due, and up to which position that is all of it; null when nothing has been published since.</summary>
    private async Task<(long UpTo, IReadOnlyList<DueRecheck> Due)?> DueAsync(CancellationToken cancellation)
    {
        _seen ??= _noted = await NotedAsync(cancellation);
        await using var command = whole.Source.CreateCommand(Due);
        command.Parameters.Add(new() { Value = _seen });
        command.Parameters.Add(new() { Value = MostAtOnce });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (upTo, due) = (0L, new List<DueRecheck>());
        while (await reader.ReadAsync(cancellation) && !await reader.IsDBNullAsync(0, cancellation))
        {
            upTo = reader.GetInt64(0);
            if (!await reader.IsDBNullAsync(1, cancellation))
            {
                // Who published the correction caused it, in the same request.
                due.Add(new(
                    new ReportId(reader.GetString(1), reader.GetInt32(2)),
                    new Provenance(reader.GetString(3), reader.GetString(4), await reader.IsDBNullAsync(5, cancellation) ? null : reader.GetString(5), null, reader.GetString(6)),
                    new Corrected(reader.GetInt64(7), reader.GetBoolean(8))));
            }
        }
        return upTo == 0 ? null : (upTo, due);
    }

    private async Task<long> NotedAsync(CancellationToken cancellation)
    {
        await using var command = whole.Source.CreateCommand(Noted);
        return await command.ExecuteScalarAsync(cancellation) as long? ?? 0;
    }

    private async Task NoteAsync(long upTo, CancellationToken cancellation)
    {
        _seen = upTo;
        if (upTo - _noted >= NotedEvery)
        {
            await using var command = whole.Source.CreateCommand(Note);
            command.Parameters.Add(new() { Value = upTo });
            await command.ExecuteNonQueryAsync(cancellation);
            _noted = upTo;
        }
    }

    /// <summary>Only what is public is checked again; what people do to their drafts wakes nobody here.</summary>
    private void Wake(long position)
    {
        if (_news.CurrentCount > 0)
        {
            return;
        }
        try
        {
            _news.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another thread was faster by a hair, and one wake-up is enough.
        }
    }

    public override void Dispose()
    {
        _news.Dispose();
        base.Dispose();
    }
}
