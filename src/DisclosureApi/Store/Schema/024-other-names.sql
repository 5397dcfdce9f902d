-- The other names that a body had or has stand in the rows of its reports in the index, so that a search finds by them as
-- by the name that a report was published under, whatever else it is narrowed to.
create aggregate disclosure_names(tsvector) (sfunc = tsvector_concat, stype = tsvector);

drop index words_found;
alter table words drop column names;
alter table words add column others tsvector;

update words w set others = n.terms
from (select agency, disclosure_names(terms order by position) as terms from renamings group by agency) as n where w.agency = n.agency;

alter table words
    add column names tsvector generated always as (ts_filter(terms, '{a,b}') || coalesce(others, ''::tsvector)) stored;

create index words_found on words using gin (terms, names, places) with (gin_pending_list_limit = 256);

drop index renamings_terms;
create index renamings_in_order on renamings (position);

-- Reports of a year come close together in the order of publications, and are counted off it by themselves.
create index words_of_year on words (year, position);
