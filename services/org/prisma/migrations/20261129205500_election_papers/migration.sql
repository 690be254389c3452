-- What a branch writes itself of an election's papers (选举材料), version by version; about is the member whom it is of, or
-- empty. The papers themselves are made from the election's facts and kept nowhere.
create table election_paper_text (
  election_id uuid not null,
  paper text not null,
  about text not null check (about = '' or char_length(about) = 36),
  version int not null check (version between 1 and 100),
  county_id uuid not null,
  org_id uuid not null,
  paragraphs jsonb not null,
  written_at timestamptz not null,
  written_by uuid,
  primary key (election_id, paper, about, version),
  foreign key (election_id, county_id) references election (id, county_id)
);
grant select, insert on election_paper_text to linghang_county, linghang_scoped;
call app.protect('election_paper_text');
create policy scoped_read on election_paper_text for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]));
create trigger election_paper_text_append_only before update or delete on election_paper_text
  for each row execute function app.refuse_change();
create trigger election_paper_text_stays before truncate on election_paper_text
  for each statement execute function app.refuse_change();

-- Who stands above organisations that the actor sees, by name: a letter names the committee that it goes to. Of a
-- superior nothing else is told.
create function app.named_superiors_of(orgs uuid[])
returns table (org_id uuid, id uuid, name text, kind text, distance int)
language sql stable security definer set search_path = public, pg_temp as $$
  select n.id, s.id, s.name, s.kind, nlevel(n.path) - nlevel(s.path)
  from org_node n join org_node s on s.path @> n.path and s.id <> n.id
  where n.id = any (orgs)
    and n.county_id = nullif(current_setting('app.county_id', true), '')::uuid
    and (current_setting('role') = 'linghang_county' or n.id = any ((select app.visible_orgs())::uuid[]))
$$;
alter function app.named_superiors_of(uuid[]) owner to linghang_paths;
