-- Organisations that were dissolved or merged (撤销、合并), and who has what they had: what is still paid or given free there
-- afterwards goes the same way.
create table ended_organisation (
  org_id uuid primary key,
  county_id uuid not null,
  successor_id uuid,
  ended_on date not null
);
grant select, insert, update on ended_organisation to linghang_county;
grant select on ended_organisation to linghang_scoped;
call app.protect('ended_organisation');
create policy scoped_read on ended_organisation for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]));
