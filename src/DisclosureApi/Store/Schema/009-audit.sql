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

-- The position of the last event that had happened at a moment, 0 before the first. Positions have no gap and times never
-- go back along them, so a few looks find it among any number of events.
create function disclosure_position_at(moment timestamptz) returns bigint language plpgsql stable as $$
declare
    low bigint := 0;
    middle bigint;
    high bigint := coalesce((select max(seq_id) from mt_events), 0);
begin
    while low < high loop
        middle := (low + high + 1) / 2;
        if (select e.timestamp from mt_events e where e.seq_id = middle) <= moment then
            low := middle;
        else
            high := middle - 1;
        end if;
    end loop;
    return low;
end $$;
