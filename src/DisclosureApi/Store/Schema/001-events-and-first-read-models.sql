-- The tables of the event store, as Marten 8 and 9 know them (string stream identity, metadata columns on), and the
-- tables of our own beside them. Applied by the owner role at start; the serving role gets no more than it needs.

create table if not exists mt_streams (
    id               varchar primary key,
    type             varchar,
    version          bigint,
    timestamp        timestamptz not null default now(),
    snapshot         jsonb,
    snapshot_version integer,
    created          timestamptz not null default now(),
    tenant_id        varchar default '*DEFAULT*',
    is_archived      boolean default false
);

create table if not exists mt_events (
    seq_id         bigint primary key,
    id             uuid not null,
    stream_id      varchar not null references mt_streams (id),
    version        bigint not null,
    data           jsonb not null,
    bdata          bytea,
    type           varchar(500) not null,
    timestamp      timestamptz not null,
    tenant_id      varchar default '*DEFAULT*',
    mt_dotnet_type varchar,
    correlation_id varchar,
    causation_id   varchar,
    headers        jsonb,
    user_name      varchar,
    is_archived    boolean default false
);

create unique index if not exists pk_mt_events_stream_and_version on mt_events (stream_id, version);
create unique index if not exists mt_events_id on mt_events (id);

create table if not exists mt_event_progression (
    name         varchar primary key,
    last_seq_id  bigint,
    last_updated timestamptz default transaction_timestamp()
);

create sequence if not exists mt_events_sequence owned by mt_events.seq_id;

-- Stores events behind the end of the order that the host believes in, all or none, in the order given. The lock, whose
-- number AppendBatch names too, comes first, and each statement after it sees what was committed before it was granted.
-- When the end, or the version of a stream, turns out to be another, the append is refused. The arrays are of three
-- kinds: streams that decisions were made on, streams as they are afterwards, and events.
create or replace function disclosure_append(
    tail bigint, believed_streams varchar[], believed_versions bigint[],
    streams varchar[], stream_types varchar[], stream_versions bigint[],
    at timestamptz, ids uuid[], event_streams varchar[], versions bigint[], types varchar[], dotnet_types varchar[],
    requests varchar[], actors varchar[], data jsonb[], headers jsonb[]) returns void language plpgsql as $$
begin
    perform pg_advisory_xact_lock(75124402045264);
    if coalesce((select max(seq_id) from mt_events), 0) <> tail or exists (
        select from unnest(believed_streams, believed_versions) as believed (id, version)
        where coalesce((select s.version from mt_streams s where s.id = believed.id), 0) <> believed.version)
    then
        raise exception 'the end of the order or the version of a stream is another' using errcode = 'DSMVD';
    end if;
    insert into mt_streams (id, type, version, timestamp, created)
        select s.id, s.type, s.version, at, at from unnest(streams, stream_types, stream_versions) as s (id, type, version)
        on conflict (id) do update set version = excluded.version, timestamp = excluded.timestamp;
    insert into mt_events (seq_id, id, stream_id, version, type, timestamp, mt_dotnet_type, correlation_id, user_name, data, headers)
        select tail + e.place, e.id, e.stream, e.version, e.type, at, e.dotnet_type, e.request, e.actor, e.data, e.headers
        from unnest(ids, event_streams, versions, types, dotnet_types, requests, actors, data, headers) with ordinality
            as e (id, stream, version, type, dotnet_type, request, actor, data, headers, place);
    perform setval('mt_events_sequence', tail + cardinality(ids));
    notify disclosure_events;
end $$;

-- Who acted stands in events under an id that says nothing. What it stands for is here, where redaction can reach it.
create table if not exists actors (
    id      varchar primary key,
    issuer  varchar not null,
    subject varchar not null,
    unique (issuer, subject)
);

-- Read models: computed from events in the transaction that stores them, and from nothing else.
create table if not exists agencies (
    code       varchar primary key,
    version    bigint not null,
    position   bigint not null,
    name       varchar not null,
    region     varchar not null,
    level      varchar not null,
    kind       varchar not null,
    supervisor varchar,
    line       varchar,
    valid_from date not null,
    valid_to   date,
    body       bytea not null
);

create table if not exists reports (
    agency            varchar not null,
    year              integer not null,
    version           bigint not null,
    position          bigint not null,
    state             varchar not null,
    revision          integer,
    withdrawal_reason varchar,
    withdrawn_at      timestamptz,
    primary key (agency, year)
);

-- Every revision that was ever public keeps its bytes: what was read in March can be read again.
create table if not exists publications (
    agency   varchar not null,
    year     integer not null,
    revision integer not null,
    position bigint not null,
    body     bytea not null,
    etag     varchar not null,
    findings bytea not null,
    primary key (agency, year, revision)
);

-- Answers to steps by the client's key, in the transaction of the step; remembered for a day.
create table if not exists idempotency (
    client      varchar not null,
    key         varchar not null,
    fingerprint bytea not null,
    status      integer not null,
    body        bytea not null,
    etag        varchar not null,
    link        varchar,
    stored_at   timestamptz not null default clock_timestamp(),
    primary key (client, key)
);

create index if not exists idempotency_stored_at on idempotency (stored_at);

-- The hosts that serve, and how far each has heard of events.
create table if not exists hosts (
    id       uuid primary key,
    position bigint not null,
    seen_at  timestamptz not null
);

create table if not exists schema_version (
    version    integer primary key,
    applied_at timestamptz not null default now()
);
