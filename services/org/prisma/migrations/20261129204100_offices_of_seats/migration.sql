set local check_function_bodies = off;

-- The offices at an organisation of people who leave its committee, by whichever of their logins: those are kept elsewhere
-- too, where whoever keeps this organisation does not see them. For whoever may end offices there.
create function app.offices_of_people(org uuid, people uuid[], day date)
returns table (id uuid, member_id uuid, role text)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, a.member_id, o.role
  from office o join account a on a.id = o.account_id
  where o.org_id = org and a.member_id = any (people) and (o.ends_on is null or o.ends_on > day)
    and o.county_id = nullif(current_setting('app.county_id', true), '')::uuid
    and (current_setting('role') = 'linghang_county'
      or array[org] <@ (select app.orgs_under(current_setting('app.write_grants', true))))
  order by o.id
$$;
alter function app.offices_of_people(uuid, uuid[], date) owner to linghang_paths;
