import type { RawTx } from '@linghang/access'
import { anyOf, excluded, insertBatch } from '@linghang/database'
import type { DuesCategory } from '@linghang/rulebook'
import { sql } from 'kysely'
import { sqlOf } from '../../work.ts'
import type { DuesPlace, DuesRecord, recordOf } from './dues-record.ts'

const changing = [
  ...([
    'orgId',
    'kind',
    'category',
    'baseFen',
    'owes',
    'owesSince',
    'complete',
    'closedOn',
    'knownOn',
    'version',
  ] as const),
]

/** Tables of rows about members, each at the organisation where it belongs. */
export type AboutMembers = 'duesOrder' | 'duesPayment' | 'duesReceipt'
/** Where somebody sees rows about members, and who they are themselves. */
export type Seen = { orgIds: readonly string[]; own: string | null }
/** Whether the row of a table about members is one of those. */
export const isSeen = ({ orgIds, own }: Seen) =>
  sql<boolean>`(org_id = any (${orgIds}::uuid[]) or member_id = ${own}::uuid)`

export const recordStore = {
  /** Where there is anything about these members. */
  async placesIn(tx: RawTx, table: AboutMembers, countyId: string, memberIds: readonly string[]): Promise<string[]> {
    const rows = await sqlOf(tx)
      .selectFrom(table)
      .select('orgId')
      .distinct()
      .where('countyId', '=', countyId)
      .where('memberId', '=', anyOf(memberIds))
      .execute()
    return rows.map(({ orgId }) => orgId)
  },

  byMembers: (tx: RawTx, countyId: string, memberIds: readonly string[]): Promise<DuesRecord[]> =>
    sqlOf(tx)
      .selectFrom('duesRecord')
      .select(['memberId', 'orgId', 'category', 'baseFen', 'owes', 'owesSince', 'complete', 'paidThrough'])
      .where('countyId', '=', countyId)
      .where('memberId', '=', anyOf(memberIds))
      // What the register tells is read into the rulebook's categories before it is written.
      .$narrowType<{ category: DuesCategory | null }>()
      .execute(),

  /** Opens or changes records; those that are as new already stay. One statement for a batch. */
  write: (tx: RawTx, countyId: string, records: readonly ReturnType<typeof recordOf>[]) =>
    insertBatch(
      sqlOf(tx),
      'duesRecord',
      ['memberId', 'countyId', ...changing],
      records.map(record => ({ ...record, countyId, version: BigInt(record.version) })),
    )
      .onConflict(found =>
        found
          .column('memberId')
          .doUpdateSet(excluded(changing))
          .whereRef('excluded.version', '>', 'duesRecord.version'),
      )
      .returning([
        ...(['memberId', 'orgId', 'owes', 'complete', 'version'] as const),
        ...[sql<boolean>`old.member_id is null`.as('isNew'), sql<string | null>`old.org_id`.as('orgBefore')],
      ])
      .execute(),

  /** To whom dues go from a month on; a second move within a month takes the place of the first. */
  async place(tx: RawTx, countyId: string, places: readonly DuesPlace[]): Promise<void> {
    if (places.length === 0) return
    const rows = places.map(place => ({ ...place, countyId }))
    await insertBatch(sqlOf(tx), 'duesPlace', ['memberId', 'fromMonth', 'countyId', 'orgId'], rows)
      .onConflict(found => found.columns(['memberId', 'fromMonth']).doUpdateSet(excluded(['orgId'])))
      .execute()
  },
}
