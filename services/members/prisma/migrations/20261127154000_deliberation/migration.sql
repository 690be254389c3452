-- What a superior that only deliberates has resolved on somebody's admission: whoever keeps the branch does not see its
-- meetings. Security definer: it tells of the one person who is asked about, and of nothing else in the meeting.
grant select on meeting_record to linghang_paths;
create function app.deliberation_on(meeting uuid, member uuid) returns table (org_id uuid, kind text, held_on date, carried boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.org_id, m.kind, m.held_on, bool_or((r->>'carried')::boolean)
  from meeting_record m cross join lateral jsonb_array_elements(m.resolutions) r
  where m.id = meeting and m.county_id = nullif(current_setting('app.county_id', true), '')::uuid
    and r->>'memberId' = member::text and r->>'matter' = 'ADMISSION'
  group by m.id
$$;
alter function app.deliberation_on(uuid, uuid) owner to linghang_paths;
