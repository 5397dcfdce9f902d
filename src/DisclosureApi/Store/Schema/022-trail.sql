-- Where in the order a filtered reading of the audit trail has to look: for each 256 events, behind position first, who
-- did something there, in which requests, for and about which bodies, and of which types. Derived from events, written a
-- moment after them by the hosts; rows are only added. What is not here yet is looked through event by event.
create table audit_groups (
    first bigint primary key,
    keys  varchar[] not null
);

create index audit_groups_keys on audit_groups using gin (keys);

-- It tells who works on drafts, so only the host's own sessions see it.
alter table audit_groups enable row level security;
create policy sight on audit_groups for select using ((select current_setting('disclosure.oversight', true)) = 'on');
create policy addition on audit_groups for insert with check ((select current_setting('disclosure.oversight', true)) = 'on');

-- Removal of a person by law. Events hold an id that says nothing; who it stands for goes from the one table that knew it,
-- and from where the person's name stood beside requests: stored answers, subscriptions, and questions that auditors asked. It works only
-- for the person that an event of the same transaction tells of.
create function disclosure_forget(redaction bigint, accesses bigint[]) returns void language plpgsql security definer set search_path from current as $$
declare
    forgotten varchar;
    gone record;
begin
    select e.data ->> 'person' into forgotten from mt_events e where e.seq_id = redaction and e.type = 'texts_redacted' and e.xmin = pg_current_xact_id()::xid;
    if forgotten is null then
        raise exception 'no event of this transaction tells of the removal' using errcode = '42501';
    end if;
    delete from actors a where a.id = forgotten returning a.issuer, a.subject into gone;
    delete from idempotency i where starts_with(i.client, gone.issuer || ' ') and right(i.client, length(gone.subject) + 1) = ' ' || gone.subject;
    -- What was sent to the person's own address is sent to nobody any more.
    update webhooks w set status = 'ended', owner = left(w.owner, -length(gone.subject)) || forgotten
        where starts_with(w.owner, gone.issuer || chr(10)) and right(w.owner, length(gone.subject) + 1) = chr(10) || gone.subject;
    update audit_accesses a set asked = regexp_replace(a.asked, '([?&]actor=)[^&]*', '\1' || forgotten) where a.number = any (accesses);
end $$;

revoke all on function disclosure_forget(bigint, bigint[]) from public;
