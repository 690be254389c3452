-- Dues are spent by collective discussion (党费规定 2008, art. 20): such a resolution names the request and its amount.
alter table meeting_resolution add column spending_id uuid, add column spending_fen bigint;
alter table meeting_resolution drop constraint meeting_resolution_matter_check;
alter table meeting_resolution add constraint meeting_resolution_matter_check
  check (matter in ('ACTIVIST', 'CANDIDATE', 'EXAMINATION', 'ADMISSION', 'CONVERSION', 'EXTENSION', 'CANCELLATION', 'SPENDING', 'OTHER'));
do $$
declare
  named text;
begin
  select conname into strict named from pg_constraint
  where conrelid = 'meeting_resolution'::regclass and contype = 'c' and pg_get_constraintdef(oid) ~ 'OTHER.*member_id IS NOT NULL';
  execute format('alter table meeting_resolution drop constraint %I', named);
end $$;
alter table meeting_resolution add constraint meeting_resolution_subject
  check (matter in ('SPENDING', 'OTHER') or member_id is not null);
alter table meeting_resolution add constraint meeting_resolution_spending
  check ((matter = 'SPENDING') = (spending_id is not null) and (matter = 'SPENDING') = (spending_fen is not null) and spending_fen > 0);
