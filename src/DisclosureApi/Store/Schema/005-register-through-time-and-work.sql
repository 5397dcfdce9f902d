-- Who took over from whom, whose report of which year is owed against what the register says, and what waits for whom.
create table successions (
    agency     varchar primary key,
    position   bigint not null,
    successors text[] not null
);

create index successions_successors on successions using gin (successors);

insert into successions (agency, position, successors)
    select code, position, array(select jsonb_array_elements_text(convert_from(body, 'UTF8')::jsonb -> 'successors')) from agencies;

create index agencies_supervisor on agencies (supervisor);

create table duties (
    agency     varchar not null,
    year       integer not null,
    position   bigint not null,
    owes       boolean,
    reason     varchar not null,
    decided_at timestamptz not null,
    primary key (agency, year)
);

-- One row for each report, as far as people who work on it must know. What the rows of before this version do not tell
-- (null) comes with the report's next event, or with a rebuild.
create table work (
    agency       varchar not null,
    year         integer not null,
    position     bigint not null,
    state        varchar not null,
    since        timestamptz,
    content_hash varchar,
    secrecy      varchar,
    authors      text[],
    comments     integer,
    changed      text[],
    primary key (agency, year)
);

insert into work (agency, year, position, state) select agency, year, position, state from reports;
