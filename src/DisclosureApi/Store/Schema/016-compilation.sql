-- Which bodies each public compilation counts, and which it lists as its own whether they had reported or not.
create table compilations (
    agency   varchar not null,
    year     integer not null,
    position bigint not null,
    revision integer not null,
    scope    varchar not null,
    members  text[] not null,
    listed   text[] not null,
    primary key (agency, year)
);

create index compilations_members on compilations using gin (members);
