-- Days of which the provider's bill leaves out all that was paid were looked at: the service itself tells them from others by
-- what was found missing, seen to or not, for the gauge of days that were not looked at. No sum, nobody's name.
grant select (keeper_id, reason, about) on dues_mismatch to linghang_service;
create policy service_tells_days on dues_mismatch for select to linghang_service using (reason = 'MISSING_AT_PROVIDER');
