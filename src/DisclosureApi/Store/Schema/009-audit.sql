-- Who used the audit trail, when and for what: told before anything is read, and how much was read when the reading ends.
-- The serving role can add to both and change neither. Numbers have no gap and come in the order of commits, so that one
-- that is taken away leaves a hole.
create table audit_accesses (
    number    bigint primary key,
    at        timestamptz not null,
    actor     varchar not null,
    client    varchar not null,
    request   varchar not null,
    operation varchar not null,
    asked     varchar not null
);

create table audit_readings (
    access   bigint primary key references audit_accesses (number),
    status   integer not null,
    events   bigint not null,
    ended_at timestamptz not null default clock_timestamp()
);

create function disclosure_access(actor varchar, client varchar, request varchar, operation varchar, asked varchar)
    returns bigint language plpgsql as $$
declare
    last record;
begin
    perform pg_advisory_xact_lock(75124402045269);
    select a.number, a.at into last from audit_accesses a order by a.number desc limit 1;
    insert into audit_accesses (number, at, actor, client, request, operation, asked)
        values (coalesce(last.number, 0) + 1, greatest(last.at, clock_timestamp()), actor, client, request, operation, asked);
    return coalesce(last.number, 0) + 1;
end $$;
