-- What shows that dues were spent: an invoice or a receipt, once in a county. One of a request that was taken back is void,
-- and may be shown for another.
create table dues_voucher (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  spending_id uuid not null,
  number text not null,
  issuer text not null,
  issued_on date not null,
  amount_fen bigint not null check (amount_fen > 0),
  recorded_by uuid,
  recorded_at timestamptz not null,
  voided_at timestamptz,
  foreign key (spending_id, county_id) references dues_spending (id, county_id)
);
create unique index dues_voucher_once on dues_voucher (county_id, number, issuer) where voided_at is null;
create index dues_voucher_of_spending on dues_voucher (spending_id, id);
grant select, insert, update on dues_voucher to linghang_county;
grant select on dues_voucher to linghang_scoped;
alter table dues_voucher enable row level security;
alter table dues_voucher force row level security;
create policy county_read on dues_voucher for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on dues_voucher for insert to linghang_county with check (county_id = (select app.county()));
create policy county_update on dues_voucher for update to linghang_county
  using (county_id = (select app.county())) with check (county_id = (select app.county()));
create policy scoped_read on dues_voucher for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]));

create function app.keep_voucher() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - 'voided_at' <> to_jsonb(old) - 'voided_at' or old.voided_at is not null then
    raise exception 'a voucher is not rewritten' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger stays before update on dues_voucher for each row execute function app.keep_voucher();
create trigger never_deleted before delete on dues_voucher for each row execute function app.refuse_change();
create trigger never_emptied before truncate on dues_voucher for each statement execute function app.refuse_change();
