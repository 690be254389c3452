-- What `hashOf` in member.ts hashes: what rosters say of a person, as JSON without spaces. The two are held against each
-- other by a test.
create function app.member_content_hash(m member) returns bytea language sql stable as $$
  select sha256(convert_to('[' || (
    select string_agg(coalesce(f.value::text, 'null'), ',' order by f.place) from unnest(array[
      to_json(m.org_id::text), to_json(m.name), to_json(m.sex), to_json(m.ethnicity), to_json(m.birth_date::text), to_json(m.education),
      to_json(m.kind), to_json(m.applied_on::text), to_json(m.activist_since::text), to_json(m.candidate_since::text), to_json(m.joined_on::text),
      to_json(m.full_member_since::text), to_json(m.post), to_json(m.dues_category), to_json(m.dues_base_fen::text), to_json(m.floating),
      to_json(m.lost_contact), to_json(encode(m.id_number_hash, 'hex')), to_json(encode(m.phone_hash, 'hex'))
    ]) with ordinality as f (value, place)) || ']', 'UTF8'))
$$;

-- Whoever was changed one by one has the hash of the record before the change: later changes were taken for no change,
-- and rosters counted the person as changed. Put right, and said in the audit: from here on `before` and `after` of a
-- person are the hashes of their record again; entries above this one name the record before theirs.
do $$
declare
  batch uuid[];
  through uuid := '00000000-0000-0000-0000-000000000000';
begin
  loop
    batch := array(select id from member where id > through order by id limit 5000);
    exit when cardinality(batch) = 0;
    with put_right as (
      update member m set content_hash = app.member_content_hash(m)
      where m.id = any (batch) and m.content_hash <> app.member_content_hash(m)
      returning new.id, new.county_id, new.org_id, old.content_hash as before, new.content_hash as after
    )
    insert into audit_entry (id, county_id, org_id, action, subject_type, subject_id, before_hash, after_hash)
      select uuidv7(), county_id, org_id, 'member.content-hash-put-right', 'Member', id, before, after from put_right;
    through := batch[cardinality(batch)];
  end loop;
end $$;
