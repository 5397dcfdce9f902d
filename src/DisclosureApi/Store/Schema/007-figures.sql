-- What statistics are computed from. Each row holds for the events from one position on, until another: figures as they
-- stood at any position are the rows that held there, and a row is closed when what it says no longer holds, never changed.
create table figures (
    agency        varchar not null,
    year          integer not null,
    from_position bigint not null,
    to_position   bigint,
    revision      integer not null,
    cells         bytea not null,
    primary key (agency, year, from_position)
);

create index figures_from on figures (from_position);
create index figures_to on figures (to_position) where to_position is not null;
create index figures_current on figures (year, agency) where to_position is null;

-- As what a body stood in the register, for each of its periods: from one day until another, as recorded from one position
-- until another. Each report counts where the register places its body at the end of the report year.
create table bodies (
    agency        varchar not null,
    since         date not null,
    from_position bigint not null,
    to_position   bigint,
    until         date,
    name          varchar not null,
    region        varchar collate "C" not null,
    level         varchar not null,
    kind          varchar not null,
    line          varchar,
    valid_from    date not null,
    valid_to      date,
    successors    text[] not null,
    primary key (agency, since, from_position)
);

create index bodies_from on bodies (from_position);
create index bodies_to on bodies (to_position) where to_position is not null;
create index bodies_region on bodies (region);
create index bodies_line on bodies (line) where line is not null;
create index bodies_successors on bodies using gin (successors);

-- Decisions on whether a body owes a year's report; null gives the decision back to the register.
create table duty_rulings (
    agency        varchar not null,
    year          integer not null,
    from_position bigint not null,
    to_position   bigint,
    owes          boolean,
    primary key (agency, year, from_position)
);

create index duty_rulings_from on duty_rulings (from_position);

-- The last event that had happened at a time. Times never go back along the order, so the place is found by halves.
create function disclosure_position_at(at timestamptz) returns bigint language sql stable strict as $$
    with recursive search (low, high) as (
        select 0::bigint, coalesce((select max(seq_id) from mt_events), 0)
        union all
        select case when middle.timestamp <= at then middle.seq_id else low end, case when middle.timestamp <= at then high else middle.seq_id - 1 end
        from search cross join lateral (select seq_id, timestamp from mt_events where seq_id = (low + high + 1) / 2) as middle
        where low < high)
    select low from search where low = high
$$;
