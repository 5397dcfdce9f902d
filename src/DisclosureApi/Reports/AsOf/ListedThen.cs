namespace DisclosureApi.Reports.AsOf;

/// <summary>The list of reports as it stood after a position: what had been published by then, under what the register said then.</summary>
internal static class ListedThen
{
    /// <summary>The rows of the list, with the position in $10.</summary>
    public const string Rows =
        """
        select p.position, p.agency, p.year,
               (select max(n.revision) from publications n where n.agency = p.agency and n.year = p.year and n.position <= $10) as revision,
               coalesce(w.type = 'report_withdrawn', false) as withdrawn,
               a.entry ->> 'name' as name, a.entry ->> 'region' as region, a.entry ->> 'level' as level, a.entry ->> 'kind' as kind, e.timestamp,
               coalesce((e.data->>'publishedOn')::date, (e.timestamp at time zone 'Asia/Shanghai')::date) as day
        from publications p
        join mt_events e on e.seq_id = p.position
        cross join lateral (
            select coalesce(r.data -> 'agency', r.data) as entry from mt_events r
            where r.stream_id = 'agency/' || p.agency and r.seq_id <= $10 order by r.version desc limit 1) as a
        left join lateral (
            select s.type from mt_events s
            where s.stream_id = e.stream_id and s.seq_id <= $10 and s.type in ('report_withdrawn', 'report_reinstated') order by s.version desc limit 1) as w on true
        where p.revision = 1 and p.position <= $10
        """;
}
