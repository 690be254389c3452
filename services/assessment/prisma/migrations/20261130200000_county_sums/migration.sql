-- What the sheets of a whole county come to (全县计分汇总), worked out anew after whoever was touched has been scored: counts and sums
-- without a person, which the county's city reads too.
create table county_sum (
  county_id uuid not null,
  period_from date not null,
  period_until date not null check (period_until >= period_from),
  part text not null check (part in ('SHEETS', 'INDEX', 'INDICATOR')),
  pack_version int not null,
  -- Of an index the empty text: it goes over all scales of its subject.
  scale text not null,
  -- Of an index or an indicator; of the sheets themselves the empty text.
  key text not null,
  sheets int not null,
  published int not null,
  lit int not null,
  -- Hundredths.
  points bigint not null,
  primary key (county_id, period_from, period_until, part, pack_version, scale, key)
);
grant select, insert, delete on county_sum to linghang_county;
alter table county_sum enable row level security;
alter table county_sum force row level security;
create policy county_read on county_sum for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on county_sum for insert to linghang_county with check (county_id = (select app.county()));
create policy county_delete on county_sum for delete to linghang_county using (county_id = (select app.county()));
call app.show_to_city('county_sum', 'county_id', 'period_from', 'period_until', 'part', 'pack_version', 'scale', 'key',
  'sheets', 'published', 'lit', 'points');

-- From which time on the sums are older than the sheets, how often sheets were written since, and when they may be worked out
-- again: never more than a part of the time goes into it. Null where they are up to date.
alter table scored_county
  add column sums_from date,
  add column sums_marks bigint not null default 0,
  add column sums_due_at timestamptz not null default '-infinity',
  add column summed_at timestamptz;
grant select (sums_from, sums_due_at) on scored_county to linghang_service;
call app.show_to_city('scored_county', 'county_id', 'summed_at');
-- What was scored before this was kept is summed once.
alter table scored_county no force row level security;
update scored_county set sums_from = '2000-01-01';
alter table scored_county force row level security;

-- By which documents its counties have decided what they count: who published them is not shown.
call app.show_to_city('pack_decision', 'county_id', 'version', 'kind', 'effective_from', 'title', 'number', 'organ',
  'decided_on', 'pack_key', 'document');
