-- For a large due the committee that takes it for the centre gives a paper of its own kind, in its own sequence; the receipt
-- to the member comes from the Central Organisation Department (党费规定 2008, art. 11).
alter table dues_receipt add column kind text not null default 'DUES' check (kind in ('DUES', 'LARGE'));
alter table dues_receipt_line drop constraint dues_receipt_line_item_check;
alter table dues_receipt_line add constraint dues_receipt_line_item_check check (item in ('DUES', 'ADVANCE', 'VOLUNTARY', 'LARGE'));

-- A member gives a large due online too.
alter table dues_order add column kind text not null default 'DUES' check (kind in ('DUES', 'LARGE'));
alter table dues_order add constraint dues_order_large check (kind = 'DUES' or amount_fen >= 100000);
