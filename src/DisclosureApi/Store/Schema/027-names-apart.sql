-- What a report is found by, with the words of names, present and former, apart from those of its prose: a word that stands in
-- thousands of names and in few texts is looked for in either without meeting the other. No place of a word is kept here, and
-- far behind in a long text words have none: phrases are looked for in what was gathered.
create function disclosure_found(terms tsvector, names tsvector) returns tsvector
    language sql immutable parallel safe as $$
    select array_to_tsvector(
        array(select t.lexeme from unnest(terms) as t where t.weights is null or 'D' = any(t.weights)) || array(select '^' || n.lexeme from unnest(names) as n))
$$;

-- It takes the place of an index as large, which is not kept for hosts of the version before: they search slowly until they
-- are replaced. What is not yet sorted into it is looked through by every search, so that is kept short.
create index words_gathered on words using gin (disclosure_found(terms, names), places) with (gin_pending_list_limit = 256);
drop index words_found;
