-- The rungs by which the answer to a request is reminded of, as its county has set them; null: those of the platform.
alter table approval add column ladder jsonb;
