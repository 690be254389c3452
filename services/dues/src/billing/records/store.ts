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

export const recordStore = {
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
