-- A login is claimed by whoever administers an organisation, and counts once the county has confirmed it: nobody takes a
-- login by writing its name down, and a claim says nothing of claims elsewhere. It is let go with a reason, and can then
-- be claimed anew.
alter table account add column confirmed_at timestamptz, add column released_at timestamptz, add column release_reason text;
update account set confirmed_at = created_at;
alter table account drop constraint account_issuer_subject_key;
create unique index account_login on account (issuer, subject) where confirmed_at is not null and released_at is null;
create unique index account_claim on account (county_id, coalesce(org_id, county_id), issuer, subject) where released_at is null;
drop index account_member;
create unique index account_member on account (county_id, member_id)
  where member_id is not null and confirmed_at is not null and released_at is null;

-- Confirmed by the county alone: below it, an account is written as a claim and not confirmed afterwards.
create function app.guard_account() returns trigger language plpgsql as $$
begin
  if current_setting('role') = 'linghang_scoped' and new.confirmed_at is not null and not coalesce(
    exists (select from org_node n where n.id = any (app.writable_orgs()) and n.superior_id is null), false)
    and (tg_op = 'INSERT' or old.confirmed_at is null) then
    raise exception 'an account is confirmed by the county' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger account_guard before insert or update of confirmed_at on account for each row execute function app.guard_account();
