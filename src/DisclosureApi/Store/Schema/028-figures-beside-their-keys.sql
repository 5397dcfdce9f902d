-- What is added up of a report lies beside its key. Codes of bodies hold their place, so that the figures of a prefecture's
-- bodies over the years are read from few pages of the index, where in the table each report has a page of its own.
alter table figures drop constraint figures_pkey, add primary key (agency, year, from_position) include (to_position, cells);
