import { livesHere } from '@linghang/access'
import { anyOf } from '@linghang/database'
import { type DuesCategory, monthOf } from '@linghang/rulebook'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { Bill, Place } from './bill.ts'

/** Everything that is known of whoever owes, or owed until they left. */
export type Known = {
  memberId: string
  orgId: string
  category: DuesCategory | null
  baseFen: bigint | null
  complete: boolean
  owesSince: string | null
  knownOn: string
  paidThrough: string | null
  closedOn: string | null
}
type BillThere = Omit<Bill, 'orgId' | 'category' | 'baseFen'>
const knownKeys = [
  ...([
    'memberId',
    'orgId',
    'category',
    'baseFen',
    'complete',
    'owesSince',
    'knownOn',
    'paidThrough',
    'closedOn',
  ] as const),
]
const payers = ['PROBATIONARY', 'FULL']

export const standingStore = {
  /** The next members of a county who owe, or did, in the order of their ids. */
  next: (tx: Tx, countyId: string, after: string | null, size: number): Promise<Known[]> =>
    sqlOf(tx)
      .selectFrom('duesRecord')
      .select(knownKeys)
      .where('countyId', '=', countyId)
      .where('kind', '=', anyOf(payers, 'text'))
      .$if(after !== null, found => found.where('memberId', '>', after))
      .orderBy('memberId')
      .limit(size)
      .$narrowType<{ category: DuesCategory | null }>()
      .execute(),

  ofMembers: (tx: Tx, countyId: string, memberIds: readonly string[]): Promise<Known[]> =>
    sqlOf(tx)
      .selectFrom('duesRecord')
      .select(knownKeys)
      .where('countyId', '=', countyId)
      .where('memberId', '=', anyOf(memberIds))
      .where('kind', '=', anyOf(payers, 'text'))
      .$narrowType<{ category: DuesCategory | null }>()
      .execute(),

  /** Held until the transaction ends, in the order of their ids: bills of one person are followed one after the other. */
  async hold(tx: Tx, memberIds: readonly string[]): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended('dues-bills/' || id, 0))::text
      from (select id from unnest(${memberIds}::text[]) as id order by id) held`.execute(sqlOf(tx))
  },

  /** To whom their dues go from which month on, and since which month that organisation has an account. */
  async placesOf(tx: Tx, memberIds: readonly string[]): Promise<(Place & { memberId: string })[]> {
    const { rows } = await sql<Place & { memberId: string }>`
      select p.member_id, p.from_month, p.org_id, n.kind = 'TEMPORARY_BRANCH' as is_temporary,
        date_trunc('month', k.opened_on)::date as account_since
      from dues_place p left join org_node n on n.id = p.org_id
      left join ledger_account v on v.org_id = p.org_id and v.nearest
      left join ledger_account k on k.id = v.keeper_id
      where p.member_id = any (${memberIds}::uuid[])
      order by p.member_id, p.from_month`.execute(sqlOf(tx))
    return rows
  },

  pausesOf: (tx: Tx, memberIds: readonly string[]) =>
    sqlOf(tx)
      .selectFrom('duesPause')
      .select(['memberId', 'kind', 'fromOn as from', 'untilOn as until'])
      .where('memberId', '=', anyOf(memberIds))
      .orderBy('fromOn')
      .execute(),

  billsOf: (tx: Tx, memberIds: readonly string[], from: string): Promise<BillThere[]> =>
    sqlOf(tx)
      .selectFrom('duesBill')
      .select(['id', 'memberId', 'month', 'withdrawn', 'settledOn', 'dueFen', 'waivedFen', 'paidFen'])
      .where('memberId', '=', anyOf(memberIds))
      .where('month', '>=', from)
      .execute(),

  async setPaidThrough(tx: Tx, memberId: string, through: string): Promise<void> {
    await sqlOf(tx)
      .updateTable('duesRecord')
      .set({ paidThrough: monthOf(through) })
      .where('memberId', '=', memberId)
      .execute()
  },

  async countiesWithAccounts(tx: Tx): Promise<string[]> {
    const rows = await sqlOf(tx)
      .selectFrom('ledgerAccount')
      .select('countyId')
      .distinct()
      .where('kind', '=', 'REAL')
      .where(livesHere('ledgerAccount.countyId'))
      .execute()
    return rows.map(({ countyId }) => countyId)
  },

  /** Members of an organisation and all below it; `atMost` + 1 of them. */
  ofOrganisation: (tx: Tx, orgId: string, atMost: number): Promise<Known[]> =>
    sqlOf(tx)
      .selectFrom('duesRecord')
      .select(knownKeys)
      .where('kind', '=', anyOf(payers, 'text'))
      .where('orgId', 'in', db =>
        db
          .selectFrom('orgNode')
          .innerJoin('orgNode as top', join => join.on(sql<boolean>`org_node.path <@ top.path`))
          .select('orgNode.id')
          .where('top.id', '=', orgId),
      )
      .limit(atMost + 1)
      .$narrowType<{ category: DuesCategory | null }>()
      .execute(),
}
