-- Removal of texts by law. The one way to change an event: a text beside its salt becomes what is shown in its place beside
-- the commitment, which this function makes itself of what stood there, so that no hash and no receipt can be broken by it.
-- It works only for an event that tells of the removal and is stored in the same transaction.
create or replace function disclosure_redact(stream varchar, redaction bigint, positions bigint[], paths varchar[], shown varchar[])
    returns void language plpgsql security definer set search_path from current as $$
declare
    found jsonb;
begin
    if not exists (select from mt_events e where e.seq_id = redaction and e.stream_id = stream and e.type = 'texts_redacted' and e.xmin = pg_current_xact_id()::xid) then
        raise exception 'no event of this transaction tells of the removal' using errcode = '42501';
    end if;
    for i in 1 .. cardinality(positions) loop
        select e.data #> paths[i]::text[] into found from mt_events e where e.seq_id = positions[i] and e.stream_id = stream;
        if found is null or not (found ? 'text' and found ? 'salt') then
            raise exception 'there is no text to remove at %', positions[i] using errcode = '22023';
        end if;
        update mt_events e set data = jsonb_set(e.data, paths[i]::text[], jsonb_build_object(
                'text', shown[i],
                'commitment', encode(sha256(decode(found ->> 'salt', 'hex') || convert_to(found ->> 'text', 'UTF8')), 'hex')))
            where e.seq_id = positions[i];
    end loop;
    delete from originals o where o.sha256 in (select e.data #>> '{document,sha256}' from mt_events e where e.stream_id = stream)
        and not exists (select from mt_events e where e.stream_id <> stream and e.type = 'document_imported' and e.data #>> '{document,sha256}' = o.sha256);
end $$;

revoke all on function disclosure_redact(varchar, bigint, bigint[], varchar[], varchar[]) from public;

-- Verifications of the whole ledger that were asked for, and what came of each.
create table if not exists ledger_verifications (
    number     bigint generated always as identity primary key,
    started_at timestamptz not null default clock_timestamp(),
    actor      varchar not null
);

create table if not exists ledger_verification_results (
    number      bigint primary key references ledger_verifications (number),
    finished_at timestamptz not null default clock_timestamp(),
    size        bigint not null,
    position    bigint,
    fault       varchar
);
