-- What reports are found by in a search. No extension is needed: the words come ready from the program, because no
-- dictionary of PostgreSQL parts Chinese. Reports of before this version come in with a rebuild.
create table words (
    agency   varchar not null,
    year     integer not null,
    revision integer not null,
    position bigint not null,
    region   varchar not null,
    level    varchar not null,
    kind     varchar not null,
    terms    tsvector not null,
    primary key (agency, year, revision)
);

create index words_terms on words using gin (terms);
create index words_in_order on words (position);
