-- Drafts are locked a second time, below the program. What of a report is not public is seen by two kinds of sessions of
-- the serving role: the host's own (disclosure.oversight is on: appends, follower, ledger, audit), and a request's
-- transaction that names the bodies its token speaks for (disclosure.agencies). A statement that forgets to ask whose
-- draft it reads finds none, and only the host's own sessions write. The owner, who upgrades and rebuilds, is not bound.

-- Functions and not conditions of the policies, because a rebuild puts other tables in the place of those they name.
create function disclosure_is_supervised(agency varchar) returns boolean language plpgsql stable as $$
begin
    return exists (select from agencies a where a.code = agency and a.supervisor = any (string_to_array(current_setting('disclosure.agencies', true), ',')));
end $$;

create function disclosure_is_published(stream varchar, after bigint) returns boolean language plpgsql stable as $$
begin
    return exists (
        select from publications p where p.agency = split_part(stream, '/', 2) and p.year = split_part(stream, '/', 3)::integer and p.position > after);
end $$;

-- Locks one table, or the one that is rebuilt in its place. The settings are read once a statement.
create function disclosure_lock(name varchar, locked regclass) returns void language plpgsql as $$
declare
    agency varchar := case name
        when 'mt_events' then 'split_part(stream_id, ''/'', 2)'
        when 'mt_streams' then 'split_part(id, ''/'', 2)'
        when 'originals' then 'null::varchar'
        else 'agency' end;
    host varchar := $host$(select current_setting('disclosure.oversight', true)) = 'on'$host$;
    open varchar := case name
        -- The register, what made a report public or took it back, and what else is told with a revision.
        when 'mt_events' then $open$
            not starts_with(stream_id, 'report/') or type in ('report_published', 'report_archived', 'report_rechecked', 'report_withdrawn', 'report_reinstated')
            or (type = 'correction_opened' and disclosure_is_published(stream_id, seq_id))
            or (type = 'texts_redacted' and disclosure_is_published(stream_id, 0))$open$
        when 'mt_streams' then 'not starts_with(id, ''report/'')'
        when 'reports' then 'revision is not null'
        -- A document is known by its hash, which stands in events alone.
        when 'originals' then 'sha256 = (select current_setting(''disclosure.original'', true))'
        else 'false' end;
begin
    execute format('alter table %s enable row level security', locked);
    execute format(
        $policy$create policy sight on %1$s for select using (%2$s or %3$s
            or %4$s = any (string_to_array((select current_setting('disclosure.agencies', true)), ',')) or disclosure_is_supervised(%4$s))$policy$,
        locked, host, open, agency);
    execute format('create policy addition on %s for insert with check (%s)', locked, host);
    execute format('create policy change on %s for update using (%s)', locked, host);
end $$;

revoke all on function disclosure_lock(varchar, regclass) from public;

select disclosure_lock(name, name::regclass) from unnest(array['mt_events', 'mt_streams', 'originals', 'reports', 'work']) as name;

-- Where the order ends and when an event happened are no secrets, and are told to everyone.
create function disclosure_end() returns bigint language sql stable security definer set search_path from current as $$
    select coalesce(max(seq_id), 0) from mt_events
$$;

create function disclosure_time_of(event bigint) returns timestamptz language sql stable strict security definer set search_path from current as $$
    select timestamp from mt_events where seq_id = event
$$;

alter function disclosure_position_at(timestamptz) security definer set search_path from current;
