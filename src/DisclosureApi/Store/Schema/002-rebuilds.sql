-- When the read models were last made anew from the events, and as of which position: for the operator who asks, and for
-- whoever keeps something of them in memory.
create table rebuilds (
    number      bigint primary key generated always as identity,
    finished_at timestamptz not null default now(),
    position    bigint not null,
    events      bigint not null
);
