-- The same function as before, which now works with the owner's rights. Row security asks its questions in every statement, which
-- took a quarter of a lone append's time here; one question at the door stands for all. A call that is assigned is no statement of
-- its own, and need not be begun and ended like one.
create or replace function disclosure_store(
    tail bigint, streams varchar[], stream_types varchar[], versions_before bigint[], versions_after bigint[],
    others varchar[], other_versions bigint[],
    at timestamptz, ids uuid[], event_streams varchar[], versions bigint[], types varchar[], dotnet_types varchar[],
    requests varchar[], actors varchar[], data jsonb[], headers jsonb[])
    returns void language plpgsql security definer set search_path from current
    set plan_cache_mode = force_generic_plan set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
declare
    continued bigint;
    begun bigint := 0;
    reached bigint;
    moved boolean;
begin
    if current_setting('disclosure.oversight', true) is distinct from 'on' then
        raise exception 'only the host''s own sessions store events' using errcode = '42501';
    end if;
    moved := pg_advisory_xact_lock(75124402045264) is null;
    -- The sequence is read without a statement. It is never behind the last event, and whoever believes in an end has seen it there, so
    -- where the two agree they are right. An append that was given up leaves it ahead; then the events are asked.
    if pg_sequence_last_value('mt_events_sequence') is distinct from tail then
        if coalesce((select max(seq_id) from mt_events), 0) <> tail then
            raise exception 'the end of the order is another' using errcode = 'DSMVD';
        end if;
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
    reached := setval('mt_events_sequence', tail + cardinality(ids));
    moved := pg_notify('disclosure_events', '') is null;
end $$;

revoke all on function disclosure_store(
    bigint, varchar[], varchar[], bigint[], bigint[], varchar[], bigint[], timestamptz, uuid[], varchar[], bigint[], varchar[], varchar[], varchar[], varchar[], jsonb[], jsonb[])
    from public;

-- The last hosts that called it are of the version before the one before.
drop function if exists disclosure_append;

-- What works with the owner's rights looks for tables where ours are, and last of all among what its caller may have put in their
-- place: without being named, a session's own temporary tables and views come first.
do $$
declare
    made regprocedure;
begin
    for made in select oid from pg_proc where prosecdef and pronamespace = current_schema()::regnamespace and starts_with(proname, 'disclosure_') loop
        execute format('alter function %s set search_path = %I, pg_temp', made, current_schema());
    end loop;
end $$;
