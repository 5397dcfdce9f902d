-- Filings are matched with the register by the name in their title, and a body with those whose duties it took over.
create or replace function disclosure_successors(body bytea) returns text[] language sql immutable parallel safe as $$
    select coalesce(array(select jsonb_array_elements_text(convert_from(body, 'UTF8')::jsonb -> 'successors')), '{}')
$$;

create index if not exists agencies_name on agencies (name);
create index if not exists agencies_successors on agencies using gin (disclosure_successors(body));
