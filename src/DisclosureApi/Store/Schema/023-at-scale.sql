-- What a search is narrowed to stands in the index beside the words, so that few reports among millions are found without
-- looking through all that hold a common word: whose report it is, of which year, level, kind and region, and in which
-- stretch of the order it was published: stretches of 2^10, 2^14, 2^18 and 2^22 positions.
create function disclosure_places(agency varchar, year integer, published bigint, region varchar, level varchar, kind varchar) returns text[]
    language sql immutable parallel safe as $$
    select array['a' || agency, 'y' || year::text, 'l' || level, 'k' || kind, 'r' || left(region, 2), 'r' || left(region, 4), 'r' || left(region, 6), 'r' || region,
        '0.' || (published >> 10)::text, '1.' || (published >> 14)::text, '2.' || (published >> 18)::text, '3.' || (published >> 22)::text]
$$;

-- And names by themselves, because what stands in names comes first: the index knows no weights.
alter table words
    add column names tsvector generated always as (ts_filter(terms, '{a,b}')) stored,
    add column places text[] generated always as (disclosure_places(agency, year, position, region, level, kind)) stored;

-- What is not yet sorted into the index is looked through by every search, so it is kept short.
create index words_found on words using gin (terms, names, places) with (gin_pending_list_limit = 256);
drop index words_terms;

-- The list of reports goes by the position of the first publication, over all, over a year, or over the reports of few bodies.
create index publications_in_list on publications (position) include (agency, year) where revision = 1;
create index publications_of_year on publications (year, position) include (agency) where revision = 1;
create index publications_of_agency on publications (agency, position) include (year) where revision = 1;
drop index publications_first;
create index reports_withdrawn on reports (agency, year) where withdrawn_at is not null;
create index agencies_region on agencies (region collate "C", level, kind);
create index agencies_level on agencies (level, kind);

-- The sums of the country (region '') and of each province as they stood at some positions, which the marks name: derived
-- from the rows that held there, written by the hosts when events have come so far, and only added. What lies between two
-- marks is looked up report by report. A year that nothing happened to since the mark before has no row of its own.
create table figure_sums (
    region   varchar not null,
    year     integer not null,
    position bigint not null,
    parts    bytea not null,
    primary key (region, year, position)
);

create table figure_marks (
    position bigint primary key
);

-- The last year with reports is found without looking at them.
create index figures_of_year on figures (year, from_position);
