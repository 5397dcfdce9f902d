-- The ledger: a Merkle tree (RFC 6962) over the commitments of all events, leaf index = position - 1. Rows are only ever
-- added. What lies between the rows kept here is computed: at most 256 hashes for each eight levels of the tree.

-- Each log has a name of its own. A database that was restored to an earlier state goes on under a new name, so that
-- nobody is shown two trees of one log.
create table if not exists ledger_epochs (
    number    integer primary key,
    origin    varchar not null unique,
    opened_at timestamptz not null default clock_timestamp(),
    size      bigint not null,
    reason    varchar not null
);

-- Commitments side by side, 32 bytes each; no row reaches over a multiple of 256.
create table if not exists ledger_entries (
    first       bigint primary key,
    commitments bytea not null
);

-- Roots of complete subtrees of 256, 65536, ... entries: level 1, 2, ...
create table if not exists ledger_roots (
    level smallint not null,
    index bigint not null,
    hash  bytea not null,
    primary key (level, index)
);

-- Every checkpoint that was ever signed.
create table if not exists ledger_checkpoints (
    epoch     integer not null references ledger_epochs (number),
    size      bigint not null,
    root      bytea not null,
    note      varchar not null,
    signed_at timestamptz not null default clock_timestamp(),
    primary key (epoch, size)
);

create table if not exists ledger_keys (
    hint       varchar primary key,
    public_key bytea not null,
    epoch      integer not null references ledger_epochs (number),
    size       bigint not null,
    first_used timestamptz not null default clock_timestamp()
);
