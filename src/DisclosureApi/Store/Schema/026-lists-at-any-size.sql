-- Which codes stood among the findings of each report that was ever public, from one position on until another, with the
-- place of the report in the list: the position of its first publication. What was public before this version follows
-- from the rows of figures, which tell when which revision was.
create table finding_codes (
    agency        varchar not null,
    year          integer not null,
    code          varchar not null,
    from_position bigint not null,
    to_position   bigint,
    listed        bigint not null,
    primary key (agency, year, code, from_position)
);

insert into finding_codes (agency, year, code, from_position, to_position, listed)
select f.agency, f.year, c.code, f.from_position, f.to_position, n.position
from figures f join publications p using (agency, year, revision)
join publications n on n.agency = f.agency and n.year = f.year and n.revision = 1
cross join lateral unnest(disclosure_codes(p.findings)) as c (code);

create index finding_codes_in_list on finding_codes (code, listed) include (agency, year, from_position, to_position);
create index finding_codes_of_year on finding_codes (code, year, listed) include (agency, from_position, to_position);
drop index publications_codes;

-- Which reports were withdrawn at a position is found without looking at all that were delivered.
create index deliveries_withdrawn on deliveries (agency, year) where state = 'withdrawn';
