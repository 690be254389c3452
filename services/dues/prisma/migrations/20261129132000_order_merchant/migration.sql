-- Through which merchant's account an order was opened: another one knows nothing of it, and must not be asked after it.
alter table dues_order add column merchant_id text not null default '';
alter table dues_order alter column merchant_id drop default;
drop index dues_order_to_ask;
create index dues_order_to_ask on dues_order (merchant_id, ask_at) where ask_at is not null;
grant select (merchant_id) on dues_order to linghang_service;
