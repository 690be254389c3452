-- Whether a county publishes what each member has paid: not unless it has decided so, and recorded by which decision.
create table dues_publication_policy (
  county_id uuid not null,
  effective_from date not null,
  names_members boolean not null,
  basis text not null,
  set_by uuid,
  set_at timestamptz not null,
  primary key (county_id, effective_from)
);
grant select, insert on dues_publication_policy to linghang_county;
grant select on dues_publication_policy to linghang_scoped;
alter table dues_publication_policy enable row level security;
alter table dues_publication_policy force row level security;
create policy county_read on dues_publication_policy for select to linghang_county, linghang_scoped using (county_id = (select app.county()));
create policy county_insert on dues_publication_policy for insert to linghang_county with check (county_id = (select app.county()));
create trigger append_only before update or delete on dues_publication_policy for each row execute function app.refuse_change();
create trigger never_emptied before truncate on dues_publication_policy for each statement execute function app.refuse_change();

-- Yearly publications: what was told to the members, to the letter, and never changed. What was wrong is a new edition that
-- names the one before.
create table dues_publication (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  year integer not null check (year between 2008 and 2100),
  edition integer not null check (edition > 0),
  replaces uuid unique,
  reason text,
  org_name text not null,
  remarks text,
  content text not null,
  content_hash bytea not null,
  published_on date not null,
  published_at timestamptz not null,
  published_by uuid,
  unique (id, county_id),
  unique (org_id, year, edition),
  foreign key (replaces, county_id) references dues_publication (id, county_id),
  constraint dues_publication_as_hashed check (content_hash = sha256(convert_to(content, 'UTF8'))),
  check ((edition = 1) = (replaces is null) and (replaces is null) = (reason is null))
);
create index dues_publication_of_organisation on dues_publication (org_id, id);

-- Whom a member belongs to: their branch and everybody above it. What those publish is published to them too.
create function app.orgs_over_own() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(above.id), '{}') from org_node own join org_node above on above.path @> own.path
  where own.id = nullif(current_setting('app.own_org_id', true), '')::uuid
    and own.county_id = nullif(current_setting('app.county_id', true), '')::uuid
$$;
alter function app.orgs_over_own() owner to linghang_paths;

grant select, insert on dues_publication to linghang_county;
grant select on dues_publication to linghang_scoped;
alter table dues_publication enable row level security;
alter table dues_publication force row level security;
create policy county_read on dues_publication for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on dues_publication for insert to linghang_county with check (county_id = (select app.county()));
create policy scoped_read on dues_publication for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or org_id = any ((select app.orgs_over_own())::uuid[]));
create trigger append_only before update or delete on dues_publication for each row execute function app.refuse_change();
create trigger never_emptied before truncate on dues_publication for each statement execute function app.refuse_change();
