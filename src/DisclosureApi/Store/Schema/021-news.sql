-- How many findings a later check of a public report brought that nobody who answers for it has seen.
alter table work add column new_findings integer;

-- What bodies that have, or had, another name are found by in a search, whichever name their reports were published under.
create table renamings (
    agency   varchar not null,
    position bigint not null,
    terms    tsvector not null,
    primary key (agency, position)
);

create index renamings_terms on renamings using gin (terms);
