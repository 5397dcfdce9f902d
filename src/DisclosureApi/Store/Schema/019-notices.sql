-- What readers found wrong in published reports. Facts that anyone may know stand in one table, a reader's words in another,
-- which is locked as drafts are; they come to the first when the agency has answered.
create table error_reports (
    agency      varchar not null,
    year        integer not null,
    number      integer not null,
    version     bigint not null,
    position    bigint not null,
    state       varchar not null,
    revision    integer not null,
    pointer     varchar not null,
    published   numeric,
    read        numeric,
    expected    numeric,
    reported_at timestamptz not null,
    message     varchar,
    reason      varchar,
    correction  integer,
    settled_at  timestamptz,
    primary key (agency, year, number)
);

create index error_reports_open on error_reports (agency, year) where state = 'open';

create table error_report_texts (
    agency  varchar not null,
    year    integer not null,
    number  integer not null,
    message varchar not null,
    primary key (agency, year, number)
);

select disclosure_lock('error_report_texts', 'error_report_texts'::regclass);

-- Their events stand beside those of reports. What the agency said is public; what the reader said is seen through the
-- host's own sessions, the agency's and its supervisor's. This narrows what the policies of before let through.
create policy error_reports on mt_events as restrictive for select using (
    not starts_with(stream_id, 'error_report/') or (select current_setting('disclosure.oversight', true)) = 'on'
    or type in ('error_report_answered', 'error_report_dismissed')
    or split_part(stream_id, '/', 2) = any (string_to_array((select current_setting('disclosure.agencies', true)), ','))
    or disclosure_is_supervised(split_part(stream_id, '/', 2)));

create policy error_reports on mt_streams as restrictive for select using (
    not starts_with(id, 'error_report/') or (select current_setting('disclosure.oversight', true)) = 'on'
    or split_part(id, '/', 2) = any (string_to_array((select current_setting('disclosure.agencies', true)), ','))
    or disclosure_is_supervised(split_part(id, '/', 2)));

-- The same function as before, which now takes the event that tells of a removal from an error report as well, and removes
-- more from a text of which something was removed before: its commitment stays the one to what was written at first.
create or replace function disclosure_redact(stream varchar, redaction bigint, positions bigint[], paths varchar[], shown varchar[])
    returns void language plpgsql security definer set search_path from current as $$
declare
    found jsonb;
begin
    if not exists (
        select from mt_events e where e.seq_id = redaction and e.stream_id = stream and e.type in ('texts_redacted', 'error_report_redacted')
            and e.xmin = pg_current_xact_id()::xid)
    then
        raise exception 'no event of this transaction tells of the removal' using errcode = '42501';
    end if;
    for i in 1 .. cardinality(positions) loop
        select e.data #> paths[i]::text[] into found from mt_events e where e.seq_id = positions[i] and e.stream_id = stream;
        if found is null or not (found ? 'text' and (found ? 'salt' or found ? 'commitment')) then
            raise exception 'there is no text to remove at %', positions[i] using errcode = '22023';
        end if;
        update mt_events e set data = jsonb_set(e.data, paths[i]::text[], jsonb_build_object(
                'text', shown[i],
                'commitment', coalesce(found ->> 'commitment', encode(sha256(decode(found ->> 'salt', 'hex') || convert_to(found ->> 'text', 'UTF8')), 'hex'))))
            where e.seq_id = positions[i];
    end loop;
    delete from originals o where o.sha256 in (select e.data #>> '{document,sha256}' from mt_events e where e.stream_id = stream)
        and not exists (select from mt_events e where e.stream_id <> stream and e.type = 'document_imported' and e.data #>> '{document,sha256}' = o.sha256);
end $$;
