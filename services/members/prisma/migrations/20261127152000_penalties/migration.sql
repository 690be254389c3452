-- Penalties that take rights (留党察看): from and to when, and by which decision. One that is lifted or was recorded by
-- mistake ends earlier, with the reason; rows are never taken away.
create table member_penalty (
  id uuid primary key default uuidv7(),
  county_id uuid not null,
  org_id uuid not null,
  member_id uuid not null references member (id),
  from_on date not null,
  until_on date not null check (until_on >= from_on),
  basis text not null,
  end_reason text
);
create index member_penalty_of_member on member_penalty (member_id, from_on);
grant select, insert, update on member_penalty to linghang_county, linghang_scoped;
call app.protect('member_penalty');
-- Whoever reads the file reads it.
create policy scoped_read on member_penalty for select to linghang_scoped
  using (exists (select from member m where m.id = member_id));
drop policy scoped_update on member_penalty;
create policy scoped_update on member_penalty for update to linghang_scoped
  using (exists (select from member m where m.id = member_id and m.org_id = any ((select app.writable_orgs())::uuid[])));

create or replace procedure app.tell_of_members(ids uuid[], event_type text, traceparent text) language sql as $$
  insert into outbox_event (county_id, org_id, type, subject, key, data, traceparent)
  select m.county_id, m.org_id, event_type, m.id::text, m.county_id || '/' || m.id,
    app.member_state(m) || coalesce((
      select jsonb_build_object('rightsSuspended', jsonb_agg(jsonb_build_object('from', p.from_on, 'until', p.until_on) order by p.from_on))
      from member_penalty p where p.member_id = m.id having count(*) > 0), '{}'), traceparent
  from member m where m.id = any (ids)
$$;
