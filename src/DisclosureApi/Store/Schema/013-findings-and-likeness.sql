-- Reports are found by the codes of the findings that stand with their public revision.
create function disclosure_codes(findings bytea) returns text[] language sql immutable parallel safe as $$
    select coalesce(array(select distinct finding ->> 'code' from jsonb_array_elements(convert_from(findings, 'UTF8')::jsonb -> 'findings') as finding), '{}')
$$;

create index publications_codes on publications using gin (disclosure_codes(findings));

-- The words of each public revision as numbers: alike texts share some of the bands, which the index finds, and how alike
-- they are is told by the runs. Reports of before this version come in with a rebuild.
create table likenesses (
    agency   varchar not null,
    year     integer not null,
    revision integer not null,
    name     varchar not null,
    bands    integer[] not null,
    runs     bytea not null,
    primary key (agency, year, revision)
);

create index likenesses_bands on likenesses using gin (bands) with (fastupdate = off);
