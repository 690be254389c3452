-- What a posting does while others wait for the same balances, in as few round trips as it can be done in. Functions of who
-- calls them: row-level security holds as in plain statements, whose plans are kept here.

-- The months are held against a closing, and then, in a statement of its own that sees what was closed until then, the
-- balances, in the order of their accounts' ids.
create function app.ledger_lock(of_keeper uuid, accounts uuid[])
returns table (
  account_id uuid, keeper_id uuid, org_id uuid, kind text, purpose text,
  balance_fen bigint, held_fen bigint, moves bigint, closed_through date
) language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('ledger-months/' || of_keeper, 0));
  return query
    select b.account_id, a.keeper_id, b.org_id, b.kind, f.purpose, b.balance_fen, b.held_fen, b.moves,
      (select max(c.month) from ledger_closing c where c.keeper_id = of_keeper)
    from ledger_balance b join ledger_account a on a.id = b.account_id
    left join ledger_fund f on f.account_id = b.account_id
    where b.account_id = any (accounts) order by b.account_id for update of b;
end $$;

-- A journal, its entries, and the balances after them.
create function app.ledger_write(journal jsonb, entries jsonb) returns void language plpgsql volatile as $$
begin
  insert into ledger_journal (id, county_id, keeper_id, reason, note, counts_on, posted_at, posted_by, reverses, purpose, corrects)
    select j.id, j.county_id, j.keeper_id, j.reason, j.note, j.counts_on, j.posted_at, j.posted_by, j.reverses, j.purpose, j.corrects
    from jsonb_populate_record(null::ledger_journal, journal) j;
  insert into ledger_entry (journal_id, account_id, county_id, org_id, amount_fen, balance_fen, n)
    select e.journal_id, e.account_id, e.county_id, e.org_id, e.amount_fen, e.balance_fen, e.n
    from jsonb_populate_recordset(null::ledger_entry, entries) e;
  update ledger_balance b set balance_fen = e.balance_fen, held_fen = e.held_fen, moves = e.n
    from jsonb_to_recordset(entries) as e (account_id uuid, balance_fen bigint, held_fen bigint, n bigint)
    where b.account_id = e.account_id;
end $$;
