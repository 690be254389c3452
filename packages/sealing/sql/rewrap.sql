-- A county's key is wrapped anew when the master key changes. The service role does it, which reads no register; who acts
-- for a county can read its key and never replace it. The key's own row may change in how it is wrapped and in nothing else.
grant select, update (master_key_id, wrapped) on county_key to linghang_service;
create policy service_reads on county_key for select to linghang_service using (true);
create policy service_rewraps on county_key for update to linghang_service using (true) with check (true);
