-- What became public lately is found without looking at all that ever did.
create index publications_in_order on publications (position);
