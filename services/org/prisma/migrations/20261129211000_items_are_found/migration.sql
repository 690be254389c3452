-- What stands on the agenda item by item, and what came of it, is found like the rest: a branch that writes down its meetings
-- item by item has no other words.
create function app.meeting_said(of_meeting uuid, of_version int, place text, agenda text) returns text
language sql stable set search_path = public, pg_temp as $$
  select lower(normalize(left(concat_ws(E'\n', place, agenda,
    (select string_agg(concat_ws(E'\n', i.title, i.outcome), E'\n' order by i.n) from meeting_item i
      where i.meeting_id = of_meeting and i.version = of_version),
    (select string_agg(r.text, E'\n' order by r.n) from meeting_resolution r
      where r.meeting_id = of_meeting and r.version = of_version)), 20000), nfkc) collate pg_catalog.pg_c_utf8)
$$;

create or replace function app.keep_meeting_words() returns trigger language plpgsql as $$
declare
  told text := app.meeting_said(new.meeting_id, new.version, new.place, new.agenda);
begin
  insert into meeting_words (meeting_id, county_id, org_id, held_on, said, grams)
  values (new.meeting_id, new.county_id, new.org_id, new.held_on, told, array_to_tsvector(app.grams(told)))
  on conflict (meeting_id) do update set held_on = excluded.held_on, said = excluded.said, grams = excluded.grams;
  return null;
end $$;

-- Counted to a thousand and no further: whoever finds more looks for something narrower, and the count of a word that every
-- meeting says would read them all.
create or replace function app.found_meetings(org uuid, wanted text, way text, from_day date, from_id uuid, most int)
returns table (meeting_id uuid, held_on date, found bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  county uuid := nullif(current_setting('app.county_id', true), '')::uuid;
  told text := lower(normalize(wanted, nfkc) collate pg_catalog.pg_c_utf8);
  pairs tsquery := (select string_agg(quote_literal(g), ' & ')::tsquery from unnest(app.grams(told)) g);
  below uuid[];
  among_newest int;
  matching constant text := ' from meeting_words w where w.county_id = $1 and w.org_id = any ($2) and w.grams @@ $3
    and strpos(w.said, $4) > 0';
begin
  if current_setting('role') <> 'linghang_county'
    and not array[org] <@ app.orgs_under(current_setting('app.read_grants', true)) then
    return;
  end if;
  select array_agg(n.id) into below from org_node n join org_node g on n.path <@ g.path
    where g.id = org and g.county_id = county and n.county_id = county;
  if way = 'COUNT' then
    return query execute 'select null::uuid, null::date, count(*) from (select' || matching || ' limit 1000) counted'
      using county, below, pairs, told;
  elsif way = 'NEWEST' then
    -- A word that many say stands among the newest; how often its pairs stand together nobody has counted, so that it is tried.
    return query execute 'select w.meeting_id, w.held_on, null::bigint from (select * from meeting_words n
        where n.county_id = $1 and n.org_id = any ($2) and ($5::date is null or (n.held_on, n.meeting_id) < ($5, $6))
        order by n.held_on desc, n.meeting_id desc limit 2000) w
      where w.grams @@ $3 and strpos(w.said, $4) > 0 order by w.held_on desc, w.meeting_id desc limit $7'
      using county, below, pairs, told, from_day, from_id, most;
    get diagnostics among_newest = row_count;
    if among_newest < most then
      return query execute 'select w.meeting_id, w.held_on, null::bigint' || matching
        || ' and ($5::date is null or (w.held_on, w.meeting_id) < ($5, $6)) order by w.held_on desc, w.meeting_id desc limit $7
          offset $8'
        using county, below, pairs, told, from_day, from_id, most - among_newest, among_newest;
    end if;
  else
    return query execute 'select w.meeting_id, w.held_on, null::bigint' || matching
      || ' and ($5::date is null or (w.held_on, w.meeting_id) > ($5, $6)) order by w.held_on, w.meeting_id limit $7'
      using county, below, pairs, told, from_day, from_id, most;
  end if;
end $$;

-- What was closed before, item by item or before anything was searched. The tables' owner is bound by no policy meanwhile.
alter table meeting no force row level security;
alter table meeting_version no force row level security;
alter table meeting_item no force row level security;
alter table meeting_resolution no force row level security;
alter table meeting_words no force row level security;
insert into meeting_words (meeting_id, county_id, org_id, held_on, said, grams)
select m.id, m.county_id, m.org_id, v.held_on, s.said, array_to_tsvector(app.grams(s.said))
from meeting m join meeting_version v on v.meeting_id = m.id and v.version = m.version and v.closed_at is not null,
  lateral (select app.meeting_said(v.meeting_id, v.version, v.place, v.agenda) as said) s
where not exists (select from meeting_words w where w.meeting_id = m.id and w.said = s.said)
on conflict (meeting_id) do update set held_on = excluded.held_on, said = excluded.said, grams = excluded.grams;
alter table meeting force row level security;
alter table meeting_version force row level security;
alter table meeting_item force row level security;
alter table meeting_resolution force row level security;
alter table meeting_words force row level security;
