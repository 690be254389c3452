-- The paper of a voucher (票据影像): one that counts at most; another takes its place until the request is settled. Where it
-- lies, sealed, is told by its key; an object that was begun and never got its row is swept.
create table dues_voucher_paper (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  voucher_id uuid not null references dues_voucher (id),
  file_name text not null,
  media_type text not null,
  bytes bigint not null check (bytes > 0),
  sha256 bytea not null check (length(sha256) = 32),
  object_key text not null unique,
  filed_at timestamptz not null,
  filed_by uuid,
  replaced_at timestamptz
);
create unique index dues_voucher_paper_once on dues_voucher_paper (voucher_id) where replaced_at is null;
create index dues_voucher_paper_of_voucher on dues_voucher_paper (voucher_id, id);
grant select, insert, update on dues_voucher_paper to linghang_county;
grant select on dues_voucher_paper to linghang_scoped;
alter table dues_voucher_paper enable row level security;
alter table dues_voucher_paper force row level security;
create policy county_read on dues_voucher_paper for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on dues_voucher_paper for insert to linghang_county with check (county_id = (select app.county()));
create policy county_update on dues_voucher_paper for update to linghang_county
  using (county_id = (select app.county())) with check (county_id = (select app.county()));
create policy scoped_read on dues_voucher_paper for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]));

create function app.keep_voucher_paper() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - 'replaced_at' <> to_jsonb(old) - 'replaced_at' or old.replaced_at is not null then
    raise exception 'the paper of a voucher is not rewritten' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger stays before update on dues_voucher_paper for each row execute function app.keep_voucher_paper();
create trigger never_deleted before delete on dues_voucher_paper for each row execute function app.refuse_change();
create trigger never_emptied before truncate on dues_voucher_paper for each statement execute function app.refuse_change();

create table dues_paper_object (
  key text primary key,
  county_id uuid not null,
  begun_at timestamptz not null
);
create index dues_paper_object_begun on dues_paper_object (begun_at);
grant select, insert, delete on dues_paper_object to linghang_county;
grant select, delete on dues_paper_object to linghang_service;
alter table dues_paper_object enable row level security;
alter table dues_paper_object force row level security;
create policy county_all on dues_paper_object for all to linghang_county using (county_id = (select app.county()))
  with check (county_id = (select app.county()));
create policy service_sweeps on dues_paper_object for all to linghang_service using (true);

-- From which sum on a county wants each voucher with its paper; null for never, as where nothing is decided: no text asks for it.
alter table dues_spending_policy add column paper_from_fen bigint check (paper_from_fen >= 0);
