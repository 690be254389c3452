-- A county that moves to another cell stands still in the one it leaves: whoever acts for it may read and not write, and so
-- it is in the other one until it is opened there. Written by the operator's command alone. Nothing is kept here of a county
-- that lives where it is. One file for every service's database; migrations link to it.
create table county_move (
  county_id uuid primary key,
  state text not null check (state in ('LEAVING', 'STILL', 'LEFT', 'ARRIVING')),
  since timestamptz not null default clock_timestamp()
);
grant select on county_move to linghang_paths, linghang_service;

-- Why a county may not be written to; null: it may. Asked at the beginning of each transaction, by a login that has no other
-- right, whatever it is called. What was begun before (events on their way, payments) is carried to its end while a county is
-- leaving.
create function app.standing(county uuid, begun_before boolean) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select m.state from county_move m where m.county_id = county and not (begun_before and m.state = 'LEAVING')
$$;
alter function app.standing(uuid, boolean) owner to linghang_paths;
grant usage on schema app to public;
