-- Accountant and cashier (会计、出纳) of dues: offices at an organisation, never over the whole county.
alter table office drop constraint office_role_check;
alter table office add constraint office_role_check
  check (role in ('ADMIN', 'SECRETARY', 'LEADER', 'DISCIPLINE_INSPECTOR', 'AUDITOR', 'TREASURER', 'CASHIER', 'APP'));
alter table office add constraint office_books_somewhere check (role not in ('TREASURER', 'CASHIER') or org_id is not null);

-- The organisations whose books somebody keeps are known to them, as that they belong to, and who is above those.
alter policy scoped_read on organisation using (id = any ((select app.book_orgs() || app.own_org())::uuid[]));
alter policy scoped_read on org_node using (id = any ((select app.book_orgs())::uuid[]));

create or replace function app.superiors_of(orgs uuid[]) returns table (org_id uuid, id uuid, code text, name text, distance int)
language sql stable security definer set search_path = public, pg_temp as $$
  select n.id, s.id, s.code, s.name, nlevel(n.path) - nlevel(s.path)
  from org_node n
  join org_node s on s.path @> n.path and s.id <> n.id
  where n.id = any (orgs)
    and n.county_id = nullif(current_setting('app.county_id', true), '')::uuid
    and (current_setting('role') = 'linghang_county'
      or n.id = any ((select app.orgs_under(current_setting('app.book_grants', true)))::uuid[])
      or n.id = nullif(current_setting('app.own_org_id', true), '')::uuid)
  order by n.id, nlevel(s.path) desc
$$;

-- Whether the person of an account holds an office at an organisation at some time of these days, by this account, by
-- another of the same login or by another of the same file. Past row-level security, since accounts are kept elsewhere
-- too; it says yes or no.
grant select on office, account to linghang_paths;
create function app.holds_office(org uuid, account uuid, wanted text, first date, ending date) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select from account own
    join account a on a.county_id = own.county_id
      and (a.id = own.id or a.member_id = own.member_id or (a.issuer = own.issuer and a.subject = own.subject))
    join office o on o.account_id = a.id and o.org_id = org and o.role = wanted
    where own.id = account and own.county_id = nullif(current_setting('app.county_id', true), '')::uuid
      and daterange(o.starts_on, o.ends_on) && daterange(first, ending))
$$;
alter function app.holds_office(uuid, uuid, text, date, date) owner to linghang_paths;
