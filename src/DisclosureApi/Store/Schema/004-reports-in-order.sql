-- The list of reports goes by the position of the first publication.
create index publications_first on publications (position) where revision = 1;
