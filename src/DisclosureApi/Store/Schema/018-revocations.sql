-- Tokens that are believed no more although they have not expired: one token by its jti, all of a person (sub), of an
-- application (client_id) or of a signing key (kid). Written by the owner role alone; every host asks each second.
create table revocations (
    number     bigint primary key generated always as identity,
    kind       varchar not null check (kind in ('jti', 'sub', 'client_id', 'kid')),
    value      varchar not null,
    reason     varchar not null,
    revoked_at timestamptz not null default clock_timestamp(),
    unique (kind, value)
);
