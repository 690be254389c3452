-- An organisation that was dissolved or merged (撤销、合并): since when, and whom its people and its money belong to now.
alter table organisation add column ended_on date, add column ended_into uuid;

alter table organisation_change drop constraint organisation_change_kind_check;
alter table organisation_change add constraint organisation_change_kind_check
  check (kind in ('SETUP', 'RENAME', 'UPGRADE', 'MOVE', 'MERGE', 'SPLIT', 'DISSOLVE'));
-- For a merger and where people are left: which organisation they come to.
alter table organisation_change add column into_org_id uuid;
