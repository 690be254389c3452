-- The end of a term alone is enough to be reminded of it.
do $$
declare
  named text;
begin
  select conname into strict named from pg_constraint
  where conrelid = 'organisation'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%term_start%term_end%';
  execute format('alter table organisation drop constraint %I', named);
end $$;
alter table organisation add constraint organisation_term
  check (term_end is not null and (term_start is null or term_start <= term_end) or term_start is null and term_end is null);
