-- Who took over from whom, whose report of which year is owed against what the register says, and what waits for whom.
alter table agencies add column successors varchar[] not null default '{}';
update agencies set successors = array(select jsonb_array_elements_text(convert_from(body, 'UTF8')::jsonb -> 'successors'));
create index agencies_successors on agencies using gin (successors);
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
    authors      varchar[],
    comments     integer,
    changed      varchar[],
    primary key (agency, year)
);

insert into work (agency, year, position, state) select agency, year, position, state from reports;
