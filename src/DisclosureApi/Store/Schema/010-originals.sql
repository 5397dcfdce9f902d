-- The documents that drafts were filed as, by the hash of their bytes. A row is written in the transaction of the event
-- that names its hash; media type, person and time stand in that event. Nothing else tells which report it belongs to.
create table originals (
    sha256    varchar primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes     bytea not null check (octet_length(bytes) <= 4194304),
    stored_at timestamptz not null default now()
);
-- What is filed is compressed already, or small.
alter table originals alter column bytes set storage external;
