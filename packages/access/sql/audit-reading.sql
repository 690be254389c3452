-- Inspectors, auditors and administrators read the audit of the organisations at which they hold that office, and below.
-- What a context does not set grants nothing.
create function app.audited_orgs() returns uuid[] language sql stable as $$
  select app.orgs_under(current_setting('app.audit_grants', true))
$$;
grant select on audit_entry to linghang_scoped;
create policy scoped_read on audit_entry for select to linghang_scoped
  using (county_id = (select app.county()) and org_id = any ((select app.audited_orgs())::uuid[]));
-- Ids grow with time: the newest first is this index read backwards.
create index audit_entry_of_county on audit_entry (county_id, id);
