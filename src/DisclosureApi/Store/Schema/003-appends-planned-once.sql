-- The same append as before, planned once and for all: left to itself, PostgreSQL plans its statements anew for batches
-- of changing length, and planning costs more than storing a row does. And a lone event is stored by its values, because
-- most of what it takes to store sets is spent before the first row.
create or replace function disclosure_append(
    tail bigint, believed_streams varchar[], believed_versions bigint[],
    streams varchar[], stream_types varchar[], stream_versions bigint[],
    at timestamptz, ids uuid[], event_streams varchar[], versions bigint[], types varchar[], dotnet_types varchar[],
    requests varchar[], actors varchar[], data jsonb[], headers jsonb[])
    returns void language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
    perform pg_advisory_xact_lock(75124402045264);
    if coalesce((select max(seq_id) from mt_events), 0) <> tail then
        raise exception 'the end of the order is another' using errcode = 'DSMVD';
    end if;
    if cardinality(ids) = 1 and believed_streams = streams then
        update mt_streams set version = versions[1], timestamp = at where id = streams[1] and version = believed_versions[1];
        if not found and believed_versions[1] = 0 then
            insert into mt_streams (id, type, version, timestamp, created)
                values (streams[1], stream_types[1], versions[1], at, at) on conflict (id) do nothing;
        end if;
        if not found then
            raise exception 'the version of the stream is another' using errcode = 'DSMVD';
        end if;
        insert into mt_events (seq_id, id, stream_id, version, type, timestamp, mt_dotnet_type, correlation_id, user_name, data, headers)
            values (tail + 1, ids[1], event_streams[1], versions[1], types[1], at, dotnet_types[1], requests[1], actors[1], data[1], headers[1]);
    else
        if exists (
            select from unnest(believed_streams, believed_versions) as believed (id, version)
            where coalesce((select s.version from mt_streams s where s.id = believed.id), 0) <> believed.version)
        then
            raise exception 'the version of a stream is another' using errcode = 'DSMVD';
        end if;
        insert into mt_streams (id, type, version, timestamp, created)
            select s.id, s.type, s.version, at, at from unnest(streams, stream_types, stream_versions) as s (id, type, version)
            on conflict (id) do update set version = excluded.version, timestamp = excluded.timestamp;
        insert into mt_events (seq_id, id, stream_id, version, type, timestamp, mt_dotnet_type, correlation_id, user_name, data, headers)
            select tail + e.place, e.id, e.stream, e.version, e.type, at, e.dotnet_type, e.request, e.actor, e.data, e.headers
            from unnest(ids, event_streams, versions, types, dotnet_types, requests, actors, data, headers) with ordinality
                as e (id, stream, version, type, dotnet_type, request, actor, data, headers, place);
    end if;
    perform setval('mt_events_sequence', tail + cardinality(ids));
    notify disclosure_events;
end $$;
