-- Stores events behind the end of the order that the host believes in, all or none, in the order given. The lock, whose
-- number AppendBatch names too, comes first, and each statement after it sees what was committed before it was granted.
-- When the end, or the version of a stream, turns out to be another, the append is refused. Unlike disclosure_append, which
-- hosts of the version before still call, it looks each stream up once: the version is proved by the update that raises it.
-- Lists are read side by side in the select list, which spares a table in memory for each. The plan is made once and for
-- all, and looks streams up by their key however few there were when it was made.
create function disclosure_store(
    tail bigint, streams varchar[], stream_types varchar[], versions_before bigint[], versions_after bigint[],
    others varchar[], other_versions bigint[],
    at timestamptz, ids uuid[], event_streams varchar[], versions bigint[], types varchar[], dotnet_types varchar[],
    requests varchar[], actors varchar[], data jsonb[], headers jsonb[])
    returns void language plpgsql
    set plan_cache_mode = force_generic_plan set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
declare
    continued bigint;
    begun bigint := 0;
    moved boolean;
begin
    perform pg_advisory_xact_lock(75124402045264);
    if coalesce((select max(seq_id) from mt_events), 0) <> tail then
        raise exception 'the end of the order is another' using errcode = 'DSMVD';
    end if;
    if cardinality(streams) = 1 then
        update mt_streams set version = versions_after[1], timestamp = at where id = streams[1] and version = versions_before[1];
    else
        update mt_streams s set version = n.after, timestamp = at
            from (select unnest(streams) as id, unnest(versions_before) as before, unnest(versions_after) as after) as n
            where s.id = n.id and s.version = n.before;
    end if;
    get diagnostics continued = row_count;
    if continued < cardinality(streams) then
        insert into mt_streams (id, type, version, timestamp, created)
            select n.id, n.type, n.after, at, at
            from (select unnest(streams) as id, unnest(stream_types) as type, unnest(versions_before) as before, unnest(versions_after) as after) as n
            where n.before = 0
            on conflict (id) do nothing;
        get diagnostics begun = row_count;
    end if;
    moved := continued + begun <> cardinality(streams);
    if cardinality(others) > 0 and not moved then
        moved := exists (
            select from unnest(others, other_versions) as other (id, version)
            where coalesce((select s.version from mt_streams s where s.id = other.id), 0) <> other.version);
    end if;
    if moved then
        raise exception 'the version of a stream is another' using errcode = 'DSMVD';
    end if;
    -- Most of what it takes to store a set is spent before its first row.
    if cardinality(ids) = 1 then
        insert into mt_events (seq_id, id, stream_id, version, type, timestamp, mt_dotnet_type, correlation_id, user_name, data, headers)
            values (tail + 1, ids[1], event_streams[1], versions[1], types[1], at, dotnet_types[1], requests[1], actors[1], data[1], headers[1]);
    else
        insert into mt_events (seq_id, id, stream_id, version, type, timestamp, mt_dotnet_type, correlation_id, user_name, data, headers)
            select generate_series(tail + 1, tail + cardinality(ids)), unnest(ids), unnest(event_streams), unnest(versions), unnest(types), at,
                unnest(dotnet_types), unnest(requests), unnest(actors), unnest(data), unnest(headers);
    end if;
    perform setval('mt_events_sequence', tail + cardinality(ids));
    notify disclosure_events;
end $$;

-- Whether a report still has this document: it came with it, and no words were removed from the report since.
create function disclosure_is_held(document varchar) returns boolean language sql stable as $$
    select exists (
        select from mt_events e where e.type = 'document_imported' and e.data #>> '{document,sha256}' = document
        and not exists (
            select from mt_events r where r.stream_id = e.stream_id and r.version > e.version and r.type = 'texts_redacted' and r.data -> 'texts' <> '[]'))
$$;

revoke all on function disclosure_is_held(varchar) from public;

-- The same function as before, but for reports that came as the very same document: it goes with the removal from the last of them.
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
    delete from originals o
        where o.sha256 in (select e.data #>> '{document,sha256}' from mt_events e where e.stream_id = stream and e.type = 'document_imported')
        and not disclosure_is_held(o.sha256);
end $$;

-- The same function as before, which now finds the name in a question that names several people, and however the parameter was written.
create or replace function disclosure_forget(redaction bigint, accesses bigint[]) returns void language plpgsql security definer set search_path from current as $$
declare
    forgotten varchar;
    gone record;
begin
    select e.data ->> 'person' into forgotten from mt_events e where e.seq_id = redaction and e.type = 'texts_redacted' and e.xmin = pg_current_xact_id()::xid;
    if forgotten is null then
        raise exception 'no event of this transaction tells of the removal' using errcode = '42501';
    end if;
    delete from actors a where a.id = forgotten returning a.issuer, a.subject into gone;
    delete from idempotency i where starts_with(i.client, gone.issuer || ' ') and right(i.client, length(gone.subject) + 1) = ' ' || gone.subject;
    -- What was sent to the person's own address is sent to nobody any more.
    update webhooks w set status = 'ended', owner = left(w.owner, -length(gone.subject)) || forgotten
        where starts_with(w.owner, gone.issuer || chr(10)) and right(w.owner, length(gone.subject) + 1) = chr(10) || gone.subject;
    update audit_accesses a set asked = regexp_replace(a.asked, '([?&]actor=)[^&]*', '\1' || forgotten, 'gi') where a.number = any (accesses);
end $$;

-- Documents that stayed behind when words were removed from every report that came as them.
delete from originals o
    where exists (select from mt_events e where e.type = 'document_imported' and e.data #>> '{document,sha256}' = o.sha256)
    and not disclosure_is_held(o.sha256);
