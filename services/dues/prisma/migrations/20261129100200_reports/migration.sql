-- Yearly reports upward: what was submitted, to the letter. Of a report only its return is written afterwards; what is handed
-- in again is another row with the next number.
create table dues_report (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  -- To whom it went.
  superior_id uuid not null,
  year integer not null check (year between 2008 and 2100),
  edition integer not null check (edition > 0),
  org_name text not null,
  content text not null,
  content_hash bytea not null,
  submitted_on date not null,
  submitted_at timestamptz not null,
  submitted_by uuid,
  returned_on date,
  returned_at timestamptz,
  returned_by uuid,
  return_reason text,
  unique (id, county_id),
  unique (org_id, year, edition),
  constraint dues_report_as_hashed check (content_hash = sha256(convert_to(content, 'UTF8'))),
  check ((returned_at is null) = (return_reason is null) and (returned_at is null) = (returned_on is null))
);
create index dues_report_of_organisation on dues_report (org_id, year, edition);
grant select, insert on dues_report to linghang_county;
grant update (returned_on, returned_at, returned_by, return_reason) on dues_report to linghang_county;
grant select on dues_report to linghang_scoped;
alter table dues_report enable row level security;
alter table dues_report force row level security;
create policy county_read on dues_report for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on dues_report for insert to linghang_county with check (county_id = (select app.county()));
create policy county_update on dues_report for update to linghang_county
  using (county_id = (select app.county())) with check (county_id = (select app.county()));
create policy scoped_read on dues_report for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));

-- It is returned once, and nothing else of it is ever changed.
create function app.keep_report() returns trigger language plpgsql as $$
begin
  if (new.id, new.county_id, new.org_id, new.superior_id, new.year, new.edition, new.org_name, new.content, new.content_hash,
      new.submitted_on, new.submitted_at, new.submitted_by)
    is distinct from (old.id, old.county_id, old.org_id, old.superior_id, old.year, old.edition, old.org_name, old.content,
      old.content_hash, old.submitted_on, old.submitted_at, old.submitted_by)
    or old.returned_at is not null then
    raise exception 'a report is not rewritten' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger stays before update on dues_report for each row execute function app.keep_report();
create trigger never_deleted before delete on dues_report for each row execute function app.refuse_change();
create trigger never_emptied before truncate on dues_report for each statement execute function app.refuse_change();
