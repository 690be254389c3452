-- For a branch that is split (分设): who comes to the new one, by ids alone.
alter table organisation_change add column member_ids jsonb not null default '[]';
