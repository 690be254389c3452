import { type RawBuilder, sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import { uses } from '../limits/store.ts'
import { yearTotals } from './store.ts'

/** What the books say otherwise than their entries: of which thing, what is there and what should be. */
export type Difference = { what: string; id: string; found: string; wanted: string }

type Check = { what: string; of: (countyId: string | null) => RawBuilder<Omit<Difference, 'what'>> }

const inCounty = (column: string, countyId: string | null) =>
  sql`(${countyId}::uuid is null or ${sql.ref(column)} = ${countyId}::uuid)`

/** Each looks at all rows once; the order is that in which one fault explains the next. */
const checks: readonly Check[] = [
  {
    what: 'JOURNAL_UNBALANCED',
    of: countyId => sql`
      select j.id, format('whose %s, where %s, had %s, lies %s, entries %s', s.whose, s.place, s.had, s.lies, s.entries) as found,
        'whose 0, where 0, had = lies, entries 2 or more' as wanted
      from ledger_journal j cross join lateral (
        select count(*) as entries, bool_and(a.keeper_id = j.keeper_id) as together,
          coalesce(sum(e.amount_fen) filter (where a.kind in ('VIRTUAL', 'EARMARKED', 'OUTSIDE')), 0) as whose,
          coalesce(sum(e.amount_fen) filter (where a.kind in ('REAL', 'TRANSIT', 'ELSEWHERE')), 0) as place,
          coalesce(sum(e.amount_fen) filter (where a.kind in ('VIRTUAL', 'EARMARKED')), 0) as had,
          coalesce(sum(e.amount_fen) filter (where a.kind in ('REAL', 'TRANSIT')), 0) as lies
        from ledger_entry e join ledger_account a on a.id = e.account_id where e.journal_id = j.id) s
      where ${inCounty('j.county_id', countyId)}
        and (s.entries < 2 or s.whose <> 0 or s.place <> 0 or s.had <> s.lies or not s.together)`,
  },
  {
    what: 'REVERSAL_DIFFERS',
    of: countyId => sql`
      select r.id, e.amount_fen::text as found, (-o.amount_fen)::text as wanted
      from ledger_journal r
      join ledger_entry o on o.journal_id = r.reverses
      full join ledger_entry e on e.journal_id = r.id and e.account_id = o.account_id
      where r.reverses is not null and ${inCounty('r.county_id', countyId)} and e.amount_fen is distinct from -o.amount_fen`,
  },
  {
    what: 'ENTRY_MISSING',
    of: countyId => sql`
      select e.account_id as id, format('entry %s', e.n) as found, format('entry %s', e.place) as wanted
      from (select *, row_number() over (partition by account_id order by n) as place from ledger_entry) e
      where ${inCounty('e.county_id', countyId)} and e.n <> e.place`,
  },
  {
    what: 'ENTRY_BALANCE',
    of: countyId => sql`
      select e.account_id as id, format('%s after entry %s', e.balance_fen, e.n) as found, e.derived::text as wanted
      from (select *, sum(amount_fen) over (partition by account_id order by n) as derived from ledger_entry) e
      where ${inCounty('e.county_id', countyId)} and e.balance_fen <> e.derived`,
  },
  {
    what: 'ACCOUNT_BALANCE',
    of: countyId => sql`
      select a.id, format('%s fen after %s entries', b.balance_fen, b.moves) as found,
        format('%s fen after %s entries', coalesce(s.fen, 0), coalesce(s.moves, 0)) as wanted
      from ledger_account a left join ledger_balance b on b.account_id = a.id
      left join (select account_id, sum(amount_fen) as fen, count(*) as moves from ledger_entry group by 1) s on s.account_id = a.id
      where ${inCounty('a.county_id', countyId)}
        and (b.balance_fen is distinct from coalesce(s.fen, 0) or b.moves is distinct from coalesce(s.moves, 0))`,
  },
  {
    what: 'HOLD_SETTLEMENT',
    of: countyId => sql`
      select h.id, format('%s of %s settled', x.settled_fen, h.amount_fen) as found,
        format('%s, which journal %s took', coalesce(-e.amount_fen, 0), x.journal_id) as wanted
      from ledger_hold_end x join ledger_hold h on h.id = x.hold_id
      left join ledger_entry e on e.journal_id = x.journal_id and e.account_id = h.account_id
      where ${inCounty('h.county_id', countyId)} and x.how = 'SETTLED'
        and (x.settled_fen is distinct from -e.amount_fen or x.settled_fen > h.amount_fen)`,
  },
  {
    what: 'YEAR_TOTAL',
    of: countyId => sql`
      select coalesce(t.account_id, s.account_id) as id,
        format('%s in %s: %s fen by %s entries', s.reason, s.year, s.amount_fen, s.entries) as found,
        format('%s in %s: %s fen by %s entries', t.reason, t.year, t.amount_fen, t.entries) as wanted
      from (select * from ledger_year_total y where ${inCounty('y.county_id', countyId)}) s
      full join (${yearTotals(sql`${inCounty('j.county_id', countyId)} and exists (
        select from ledger_closing c where c.keeper_id = j.keeper_id
          and c.month = make_date(extract(year from j.counts_on)::int, 12, 1))`)}) t
        on t.account_id = s.account_id and t.year = s.year and t.reason = s.reason
      where (t.amount_fen, t.entries) is distinct from (s.amount_fen, s.entries)`,
  },
  {
    what: 'FUND_MISUSED',
    of: countyId => sql`
      select e.journal_id as id, coalesce(j.purpose, 'for nothing that is named') as found, coalesce(f.purpose, 'no account without a purpose') as wanted
      from ledger_account a join ledger_entry e on e.account_id = a.id join ledger_journal j on j.id = e.journal_id
      left join ledger_fund f on f.account_id = a.id
      where ${inCounty('a.county_id', countyId)} and a.kind = 'EARMARKED' and e.amount_fen < 0 and j.reverses is null
        and (f.purpose is null or j.purpose is distinct from f.purpose)`,
  },
  {
    // What is the centre's (党费规定 2008, art. 11) is moved by its own journals, and these move nothing else of ours.
    what: 'CENTRE_MIXED',
    of: countyId => sql`
      select j.id, format('%s, on funds for the centre %s, on others %s', o.reason, s.centre, s.others) as found,
        'LARGE_DUES_… on a fund for the centre alone, and all others on none' as wanted
      from ledger_journal j join ledger_journal o on o.id = coalesce(j.reverses, j.id) cross join lateral (
        select count(*) filter (where f.purpose = 'TO_CENTRE') as centre,
          count(*) filter (where a.kind in ('VIRTUAL', 'EARMARKED') and f.purpose is distinct from 'TO_CENTRE') as others
        from ledger_entry e join ledger_account a on a.id = e.account_id left join ledger_fund f on f.account_id = a.id
        where e.journal_id = j.id) s
      where ${inCounty('j.county_id', countyId)}
        and (case when starts_with(o.reason, 'LARGE_DUES_') then s.centre <> 1 or s.others > 0 else s.centre > 0 end)`,
  },
  {
    what: 'ACCOUNT_HELD',
    of: countyId => sql`
      select b.account_id as id, format('%s fen held', b.held_fen) as found, format('%s fen of open holds', coalesce(s.fen, 0)) as wanted
      from ledger_balance b left join (
        select account_id, sum(amount_fen) as fen from ledger_hold h
        where not exists (select from ledger_hold_end x where x.hold_id = h.id) group by 1) s on s.account_id = b.account_id
      where ${inCounty('b.county_id', countyId)} and b.held_fen is distinct from coalesce(s.fen, 0)`,
  },
  {
    // Whoever used it last was within the limit of that moment; what came after can only have given free. A minute either
    // way: a transaction says when it began, and waits.
    what: 'LIMIT_BROKEN',
    of: countyId => sql`
      select t.account_id as id, format('%s fen used and held in the %s of %s', t.fen, lower(t.period), t.first) as found,
        format('%s or less', f.limit_fen) as wanted
      from (
        select u.account_id, p.period, date_trunc(p.period, u.day)::date as first, sum(u.used_fen + u.held_fen) as fen, max(u.at) as at
        from (${uses(sql`select account_id from ledger_limit l where ${inCounty('l.county_id', countyId)}`, sql`(now() at time zone 'Asia/Shanghai')::date`)}) u
        cross join (values ('MONTH'), ('QUARTER'), ('YEAR')) p (period) group by 1, 2, 3) t
      cross join lateral (
        select max(coalesce(m.limit_fen, 9223372036854775807)) as limit_fen from (
          select l.limit_fen, l.set_at, greatest(l.set_at, l.effective_from::timestamp at time zone 'Asia/Shanghai') as since,
            lead(greatest(l.set_at, l.effective_from::timestamp at time zone 'Asia/Shanghai'))
              over (order by l.effective_from, l.set_at, l.id) as until
          from ledger_limit l where l.account_id = t.account_id and l.period = t.period
          union all select null, null, '-infinity', (
            select min(greatest(l.set_at, l.effective_from::timestamp at time zone 'Asia/Shanghai')) from ledger_limit l
            where l.account_id = t.account_id and l.period = t.period)) m
        where m.since <= t.at + interval '1 minute' and coalesce(m.until, 'infinity') >= t.at - interval '1 minute') f
      where t.fen > f.limit_fen`,
  },
  {
    what: 'OVERDRAWN',
    of: countyId => sql`
      select b.account_id as id, b.balance_fen::text as found, format('%s, which is held, or more', b.held_fen) as wanted from ledger_balance b
      where ${inCounty('b.county_id', countyId)} and b.kind not in ('OUTSIDE', 'ELSEWHERE') and b.balance_fen < b.held_fen`,
  },
  {
    what: 'BANK_DIFFERS',
    of: countyId => sql`
      select a.keeper_id as id, format('%s at the bank and on its way', s.lies) as found, format('%s, which organisations have', s.had) as wanted
      from (select distinct keeper_id, county_id from ledger_account) a cross join lateral (
        select coalesce(sum(b.balance_fen) filter (where b.kind in ('REAL', 'TRANSIT')), 0) as lies,
          coalesce(sum(b.balance_fen) filter (where b.kind in ('VIRTUAL', 'EARMARKED')), 0) as had
        from ledger_account o join ledger_balance b on b.account_id = o.id where o.keeper_id = a.keeper_id) s
      where ${inCounty('a.county_id', countyId)} and s.lies <> s.had`,
  },
]

/** Derives everything that the books say from their entries again. */
export const verifyStore = {
  /** As the service itself, who reads the books of all counties and nothing else. */
  async begin(tx: Tx): Promise<void> {
    await sql`select set_config('role', 'linghang_service', true)`.execute(sqlOf(tx))
  },

  /** @returns the first difference; null where there is none */
  async firstDifference(tx: Tx, countyId: string | null): Promise<Difference | null> {
    for (const { what, of } of checks) {
      const { rows } = await sql<Omit<Difference, 'what'>>`${of(countyId)} limit 1`.execute(sqlOf(tx))
      const [found] = rows
      if (found) return { what, ...found }
    }
    return null
  },

  async counted(tx: Tx, countyId: string | null): Promise<{ accounts: number; journals: number }> {
    const { rows } = await sql<{ accounts: number; journals: number }>`
      select (select count(*)::int from ledger_account a where ${inCounty('a.county_id', countyId)}) as accounts,
        (select count(*)::int from ledger_journal j where ${inCounty('j.county_id', countyId)}) as journals`.execute(
      sqlOf(tx),
    )
    return rows[0] ?? { accounts: 0, journals: 0 }
  },
}
