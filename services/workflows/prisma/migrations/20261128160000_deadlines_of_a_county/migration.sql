-- Who administers a county asks for what is due in all of it, by date.
create index deadline_by_county on deadline (county_id, due_on, id) where closed_at is null;
