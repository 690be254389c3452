-- Everything in this database is books of dues: what accountant and cashier see is what their offices reach.
create or replace function app.visible_orgs() returns uuid[] language sql stable as $$
  select app.book_orgs()
$$;
