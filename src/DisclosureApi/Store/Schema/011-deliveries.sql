-- How far each report had come before it was first public, so that it can be told who was late and whose step it was: a
-- row from each event until the next. Drafts leave none.
create table deliveries (
    agency        varchar not null,
    year          integer not null,
    from_position bigint not null,
    to_position   bigint,
    at            timestamptz not null,
    state         varchar not null,
    filed_on      date,
    published_on  date,
    primary key (agency, year, from_position)
);

create index deliveries_from on deliveries (from_position);
create index deliveries_year on deliveries (year, agency) where to_position is null;
