import { anyOf, columnName, countUnder, type Stretch, stretchUnder } from '@linghang/database'
import { type RawBuilder, sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { AccountKind } from '../accounts/account.ts'
import type { Entry, EntryFilter, Journal, JournalReason, PostedEntry } from './journal.ts'

const journalKeys = [
  ...([
    'id',
    'keeperId',
    'reason',
    'note',
    'countsOn',
    'postedAt',
    'postedBy',
    'reverses',
    'purpose',
    'corrects',
  ] as const),
]
const entryKeys = [...(['journalId', 'accountId', 'orgId', 'amountFen', 'balanceFen', 'n'] as const)]

export type YearTotal = { accountId: string; reason: JournalReason; amountFen: bigint; entries: bigint }

/** What moved accounts in a year and why: of the journals that are meant. */
export const yearTotals = (journals: RawBuilder<unknown>) => sql`
  select j.keeper_id, e.county_id, e.org_id, extract(year from j.counts_on)::int as year, e.account_id, j.reason,
    sum(e.amount_fen)::bigint as amount_fen, count(*) as entries
  from ledger_journal j join ledger_entry e on e.journal_id = j.id where ${journals}
  group by j.keeper_id, e.county_id, e.org_id, year, e.account_id, j.reason`

/** An account's entries of those that are meant. */
function entriesMeant(tx: Tx, accountId: RawBuilder<string>, { reasons, flow, from, until }: EntryFilter) {
  const entries = sqlOf(tx).selectFrom('ledgerEntry').select(entryKeys).where('accountId', '=', accountId)
  const flowing = flow === null ? entries : entries.where('amountFen', flow === 'IN' ? '>' : '<', 0n)
  if (reasons === null && from === null && until === null) return flowing
  return flowing.where(({ exists, selectFrom }) => {
    const journal = selectFrom('ledgerJournal').select('id').whereRef('id', '=', 'ledgerEntry.journalId')
    const reasoned = reasons === null ? journal : journal.where('reason', '=', anyOf(reasons, 'text'))
    const begun = from === null ? reasoned : reasoned.where('countsOn', '>=', from)
    return exists(until === null ? begun : begun.where('countsOn', '<=', until))
  })
}

export const journalStore = {
  /** A journal, its entries, and the balances after them, in one statement: others wait for it. */
  async write(
    tx: Tx,
    countyId: string,
    journal: Journal,
    entries: readonly (PostedEntry & { heldFen: bigint })[],
  ): Promise<void> {
    const rowOf = (row: object) =>
      Object.fromEntries(
        Object.entries({ ...row, countyId }).map(([key, value]) => [
          columnName(key),
          typeof value === 'bigint' ? `${value}` : value,
        ]),
      )
    await sql`select app.ledger_write(${JSON.stringify(rowOf(journal))}::jsonb, ${JSON.stringify(entries.map(rowOf))}::jsonb)::text`.execute(
      sqlOf(tx),
    )
  },

  /** What stands beside a real account: from where money comes, and where it is when it is not there. */
  async besides(tx: Tx, keeperId: string, code: string): Promise<{ outside: string; elsewhere: string }> {
    const rows = await sqlOf(tx)
      .selectFrom('ledgerAccount')
      .select(['id', 'kind'])
      .where('keeperId', '=', keeperId)
      .where(({ and, eb, or }) =>
        or([eb('kind', '=', 'ELSEWHERE'), and([eb('kind', '=', 'OUTSIDE'), eb('code', '=', code)])]),
      )
      .execute()
    const idOf = (wanted: AccountKind) => rows.find(({ kind }) => kind === wanted)?.id ?? ''
    return { outside: idOf('OUTSIDE'), elsewhere: idOf('ELSEWHERE') }
  },

  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<Journal[]> =>
    sqlOf(tx)
      .selectFrom('ledgerJournal')
      .select(journalKeys)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  /** Whose accounts each journal moved. */
  organisationsOf: (
    tx: Tx,
    countyId: string,
    ids: readonly string[],
  ): Promise<{ journalId: string; orgId: string }[]> =>
    sqlOf(tx)
      .selectFrom('ledgerEntry')
      .select(['journalId', 'orgId'])
      .distinct()
      .where('countyId', '=', countyId)
      .where('journalId', '=', anyOf(ids))
      .execute(),

  entriesOf: (tx: Tx, journalId: string): Promise<Entry[]> =>
    sqlOf(tx).selectFrom('ledgerEntry').select(['accountId', 'amountFen']).where('journalId', '=', journalId).execute(),

  /** Until the transaction ends nobody else takes this one back. */
  async holdJournal(tx: Tx, id: string): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`ledger-journal/${id}`}, 0))::text`.execute(sqlOf(tx))
  },

  async reversalsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await sqlOf(tx)
      .selectFrom('ledgerJournal')
      .select(['id', 'reverses'])
      .where('reverses', '=', anyOf(ids))
      .$narrowType<{ reverses: string }>()
      .execute()
    return new Map(rows.map(({ id, reverses }) => [reverses, id]))
  },

  /** The `size` + 1 entries of a stretch of each account's, the newest first; one statement for all. */
  entriesIn: (
    tx: Tx,
    accountIds: readonly string[],
    { filter, stretch }: { filter: EntryFilter; stretch: Stretch },
  ): Promise<Map<string, PostedEntry[]>> =>
    stretchUnder(sqlOf(tx), accountIds, accountId => entriesMeant(tx, accountId, filter), stretch, {
      ...{ by: ['n'], descending: true },
    }),

  /** Of each account; where all are meant, its balance knows. */
  async countIn(tx: Tx, accountIds: readonly string[], filter: EntryFilter): Promise<Map<string, number>> {
    if (Object.values(filter).some(part => part !== null))
      return countUnder(sqlOf(tx), accountIds, accountId => entriesMeant(tx, accountId, filter))
    const rows = await sqlOf(tx)
      .selectFrom('ledgerBalance')
      .select(['accountId', 'moves'])
      .where('accountId', '=', anyOf(accountIds))
      .execute()
    return new Map(rows.map(({ accountId, moves }) => [accountId, Number(moves)]))
  },

  /** The last month that is closed under each real account, as its first day. */
  async closedThrough(tx: Tx, keeperIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await sqlOf(tx)
      .selectFrom('ledgerClosing')
      .select(({ fn }) => ['keeperId', fn.max('month').as('month')])
      .where('keeperId', '=', anyOf(keeperIds))
      .groupBy('keeperId')
      .execute()
    return new Map(rows.map(({ keeperId, month }) => [keeperId, month]))
  },

  /** Postings under a real account that are under way are waited for; those that come find its months as they are then. */
  async holdMonths(tx: Tx, keeperId: string): Promise<void> {
    const key = sql`hashtextextended(${`ledger-months/${keeperId}`}, 0)`
    await sql`select pg_advisory_xact_lock(${key})::text`.execute(sqlOf(tx))
  },

  /** What moved each account under a real one in a year, by reason, as its closed months say it. */
  async closeYear(tx: Tx, { id }: { id: string }, countyId: string, year: number): Promise<void> {
    await sql`insert into ledger_year_total (keeper_id, county_id, org_id, year, account_id, reason, amount_fen, entries)
      select keeper_id, ${countyId}::uuid, org_id, year, account_id, reason, amount_fen, entries
      from (${yearTotals(sql`j.keeper_id = ${id}::uuid and extract(year from j.counts_on) = ${year}::int`)}) t`.execute(
      sqlOf(tx),
    )
  },

  /** Of accounts what moved them in a year that is closed, by reason; nothing of one that is not. */
  async yearTotalsOf(tx: Tx, accountIds: readonly string[], year: number): Promise<Map<string, YearTotal[]>> {
    const rows = await sqlOf(tx)
      .selectFrom('ledgerYearTotal')
      .select(['accountId', 'reason', 'amountFen', 'entries'])
      .where('accountId', '=', anyOf(accountIds))
      .where('year', '=', year)
      .orderBy('reason')
      .execute()
    return Map.groupBy(rows, ({ accountId }) => accountId)
  },

  async close(
    tx: Tx,
    closing: {
      keeperId: string
      countyId: string
      orgId: string
      month: string
      closedAt: Date
      closedBy: string | null
    },
  ): Promise<void> {
    await sqlOf(tx).insertInto('ledgerClosing').values(closing).execute()
  },
}
