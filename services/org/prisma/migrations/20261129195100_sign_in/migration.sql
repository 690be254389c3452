-- The public keys of people's own phones, by which the branch's phone knows their codes without a network. Nobody has to
-- have one. They are their owners' alone: the service reads those of a meeting for whoever keeps it.
create table sign_in_key (
  member_id uuid not null,
  public_key bytea not null check (length(public_key) = 32),
  county_id uuid not null,
  registered_at timestamptz not null,
  primary key (member_id, public_key)
);
grant select, insert, update, delete on sign_in_key to linghang_county, linghang_scoped;
alter table sign_in_key enable row level security;
alter table sign_in_key force row level security;
create policy county_all on sign_in_key for all to linghang_county
  using (county_id = (select app.county())) with check (county_id = (select app.county()));
create policy own on sign_in_key for all to linghang_scoped
  using (member_id = (select app.own_member())) with check (county_id = (select app.county()) and member_id = (select app.own_member()));

-- Who signed in by a code, so that one handed over again is known: until the meeting is closed, and no longer.
create table meeting_sign_in (
  meeting_id uuid not null,
  member_id uuid not null,
  county_id uuid not null,
  org_id uuid not null,
  step bigint not null,
  read_at timestamptz not null,
  primary key (meeting_id, member_id),
  foreign key (meeting_id, county_id) references meeting (id, county_id)
);
grant select, insert, delete on meeting_sign_in to linghang_county, linghang_scoped;
call app.protect('meeting_sign_in');
create policy scoped_read on meeting_sign_in for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));
create policy county_delete on meeting_sign_in for delete to linghang_county using (county_id = (select app.county()));
create policy scoped_delete on meeting_sign_in for delete to linghang_scoped using (org_id = any ((select app.writable_orgs())::uuid[]));

-- How somebody signed in is forgotten with the closing, whoever closes and by whatever way.
create function app.forget_sign_ins() returns trigger language plpgsql as $$
begin
  delete from meeting_sign_in s where s.meeting_id = new.id;
  return null;
end $$;
create trigger meeting_sign_ins_forgotten after update of state on meeting for each row
  when (new.state in ('CLOSED', 'CANCELLED')) execute function app.forget_sign_ins();
