-- Whoever keeps the books of dues and nothing else (会计、出纳) is told by a grant of their own, as far as those books reach.
-- What stands in a register is not theirs, since it goes by app.visible_orgs(). One file for the services that show
-- something to them; migrations link to it.
create function app.book_orgs() returns uuid[] language sql stable as $$
  select app.orgs_under(current_setting('app.book_grants', true))
$$;
