-- What operators are told of the books, of all counties together: how many differences nobody has seen to and how old the
-- oldest is, and of which days the provider's bill was not looked at. No sum, nobody's name.
grant select (found_at, resolved_at) on dues_mismatch to linghang_service;
create policy service_counts on dues_mismatch for select to linghang_service using (resolved_at is null);
grant select (keeper_id, day) on dues_settlement to linghang_service;
create policy service_counts on dues_settlement for select to linghang_service using (true);
-- All committees' together; the index begins with the committee.
create index dues_order_paid_lately on dues_order (paid_at) where paid_at is not null;
create index dues_mismatch_open on dues_mismatch (found_at) where resolved_at is null;
