-- Every two characters that stand beside each other: Chinese is searched without knowing its words. One pass over the text.
create function app.grams(said text) returns text[] language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(distinct gram), '{}') from (
    select c || lead(c) over (order by n) as gram
    from string_to_table(lower(normalize(left(said, 20000), nfkc) collate pg_catalog.pg_c_utf8), null) with ordinality t (c, n)
  ) pairs
  where gram ~ '^[[:alnum:]]{2}$'
$$;

-- What is searched of a meeting: place, agenda and resolutions of the closed version that counts.
create table meeting_words (
  meeting_id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  held_on date not null,
  said text not null,
  grams tsvector not null,
  unique (meeting_id, county_id),
  foreign key (meeting_id, county_id) references meeting (id, county_id)
);
create index meeting_words_by_gram on meeting_words using gin (grams) with (fastupdate = off);
create index meeting_words_by_day on meeting_words (county_id, held_on desc, meeting_id desc);
create index meeting_words_at on meeting_words (org_id, held_on desc, meeting_id desc);
grant select, insert, update on meeting_words to linghang_county, linghang_scoped;
grant select on meeting_words to linghang_paths;
call app.protect('meeting_words');
create policy scoped_read on meeting_words for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));

-- Written when a version is closed, in the same transaction: what is found is what stands.
create function app.keep_meeting_words() returns trigger language plpgsql as $$
declare
  told text;
begin
  select lower(normalize(left(concat_ws(E'\n', new.place, new.agenda, string_agg(r.text, E'\n' order by r.n)), 20000), nfkc) collate pg_catalog.pg_c_utf8)
    into told from meeting_resolution r where r.meeting_id = new.meeting_id and r.version = new.version;
  insert into meeting_words (meeting_id, county_id, org_id, held_on, said, grams)
  values (new.meeting_id, new.county_id, new.org_id, new.held_on, told, array_to_tsvector(app.grams(told)))
  on conflict (meeting_id) do update set held_on = excluded.held_on, said = excluded.said, grams = excluded.grams;
  return null;
end $$;
create trigger meeting_words_kept after update of closed_at on meeting_version for each row
  when (old.closed_at is null and new.closed_at is not null) execute function app.keep_meeting_words();

-- Meetings of an organisation and below that say something. Security definer, since an index of this kind is not used behind
-- row-level security: it asks itself whether the organisation is the actor's to see, as the policy would of each row.
-- Planned for what is asked: a word that every meeting says and one that a single one says want different ways.
create function app.found_meetings(org uuid, wanted text, way text, from_day date, from_id uuid, most int)
returns table (meeting_id uuid, held_on date, found bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  county uuid := nullif(current_setting('app.county_id', true), '')::uuid;
  told text := lower(normalize(wanted, nfkc) collate pg_catalog.pg_c_utf8);
  pairs tsquery := (select string_agg(quote_literal(g), ' & ')::tsquery from unnest(app.grams(told)) g);
  below uuid[];
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
    return query execute 'select null::uuid, null::date, count(*)' || matching using county, below, pairs, told;
  elsif way = 'NEWEST' then
    return query execute 'select w.meeting_id, w.held_on, null::bigint' || matching
      || ' and ($5::date is null or (w.held_on, w.meeting_id) < ($5, $6)) order by w.held_on desc, w.meeting_id desc limit $7'
      using county, below, pairs, told, from_day, from_id, most;
  else
    return query execute 'select w.meeting_id, w.held_on, null::bigint' || matching
      || ' and ($5::date is null or (w.held_on, w.meeting_id) > ($5, $6)) order by w.held_on, w.meeting_id limit $7'
      using county, below, pairs, told, from_day, from_id, most;
  end if;
end $$;
alter function app.found_meetings(uuid, text, text, date, uuid, int) owner to linghang_paths;
