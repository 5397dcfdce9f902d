-- Who has what is public sent to an address of his own, and what became of each sending. Like the answers kept for repeated
-- steps this is no history of any report: rows come, change and go. Secrets are not here; they are made from a key outside.
create table webhooks (
    number         bigint primary key generated always as identity,
    id             uuid not null unique,
    owner          varchar not null,
    version        bigint not null default 1,
    url            varchar not null,
    description    varchar,
    types          varchar[],
    agency         varchar,
    region         varchar,
    year           integer,
    origin         varchar not null,
    signing_key    varchar not null,
    generation     integer not null default 1,
    previous_until timestamptz,
    status         varchar not null default 'active' check (status in ('active', 'paused', 'disabled', 'ended')),
    created_at     timestamptz not null default clock_timestamp(),
    -- Everything up to here was delivered, or was not asked for.
    position       bigint not null,
    -- Of the next delivery, where it was tried in vain.
    head           uuid,
    attempts       integer not null default 0,
    next_at        timestamptz not null default clock_timestamp(),
    failing_since  timestamptz,
    -- Whoever delivers now, for which host, and until when nobody else does.
    leased_by      uuid,
    leased_host    uuid,
    leased_until   timestamptz
);

create index webhooks_by_owner on webhooks (owner, number);

create table webhook_deliveries (
    number   bigint primary key generated always as identity,
    id       uuid not null unique,
    webhook  uuid not null references webhooks (id) on delete cascade,
    kind     varchar not null check (kind in ('change', 'replay', 'test')),
    event    uuid not null,
    position bigint,
    type     varchar not null,
    status   varchar not null check (status in ('pending', 'delivered', 'failed')),
    attempts integer not null default 0,
    answered integer,
    fault    varchar,
    made_at  timestamptz not null default clock_timestamp(),
    last_at  timestamptz,
    -- When a test or replay is sent; moved on by whoever takes it, so that it is taken again when he is gone.
    next_at  timestamptz
);

create index webhook_deliveries_by_webhook on webhook_deliveries (webhook, number);
create index webhook_deliveries_waiting on webhook_deliveries (next_at) where status = 'pending' and kind <> 'change';
create index webhook_deliveries_by_age on webhook_deliveries (made_at);
