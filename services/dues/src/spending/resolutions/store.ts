import { anyOf, batchOf, excluded, insertBatch } from '@linghang/database'
import { sqlOf, type Tx } from '../../work.ts'
import type { SpendingResolution } from './resolution.ts'

const changing = ['spendingId', 'amountFen', 'carried', 'heldOn', 'version'] as const
const keys = [...(['meetingId', 'id', 'orgId', ...changing] as const)]

export const resolutionStore = {
  /** Keeps what the newest version of each meeting says; what an older one said and it does not, was not decided. */
  async keep(
    tx: Tx,
    countyId: string,
    meetings: readonly { meetingId: string; version: number }[],
    resolutions: readonly SpendingResolution[],
  ): Promise<void> {
    if (meetings.length === 0) return
    const db = sqlOf(tx)
    await db
      .updateTable('duesSpendingResolution')
      .from(
        batchOf(
          'dues_spending_resolution',
          meetings.map(meeting => ({ ...meeting, version: BigInt(meeting.version) })),
        ),
      )
      .set(({ ref }) => ({ carried: false, version: ref('batch.version') }))
      .whereRef('duesSpendingResolution.meetingId', '=', 'batch.meetingId')
      .whereRef('duesSpendingResolution.version', '<', 'batch.version')
      .execute()
    if (resolutions.length === 0) return
    const rows = resolutions.map(resolution => ({ ...resolution, countyId, version: BigInt(resolution.version) }))
    await insertBatch(db, 'duesSpendingResolution', ['countyId', ...keys], rows)
      .onConflict(found =>
        found
          .columns(['meetingId', 'id'])
          .doUpdateSet(excluded(changing))
          .whereRef('excluded.version', '>=', 'duesSpendingResolution.version'),
      )
      .execute()
  },

  /** On which requests these meetings have decided, as far as was heard. */
  async spendingsOf(tx: Tx, countyId: string, meetingIds: readonly string[]): Promise<string[]> {
    const rows = await sqlOf(tx)
      .selectFrom('duesSpendingResolution')
      .select('spendingId')
      .distinct()
      .where('countyId', '=', countyId)
      .where('meetingId', '=', anyOf(meetingIds))
      .execute()
    return rows.map(({ spendingId }) => spendingId)
  },

  /** The newest that carried of each organisation's decisions on each request and sum. */
  async carriedOn(tx: Tx, countyId: string, spendingIds: readonly string[]): Promise<SpendingResolution[]> {
    const rows = await sqlOf(tx)
      .selectFrom('duesSpendingResolution')
      .distinctOn(['spendingId', 'orgId', 'amountFen'])
      .select(keys)
      .where('countyId', '=', countyId)
      .where('spendingId', '=', anyOf(spendingIds))
      .where('carried', '=', true)
      .orderBy('spendingId')
      .orderBy('orgId')
      .orderBy('amountFen')
      .orderBy('heldOn', 'desc')
      .orderBy('id', 'desc')
      .execute()
    return rows.map(row => ({ ...row, version: Number(row.version) }))
  },

  /** What has been decided on a request, wherever; those that were carried first, then the newest. */
  async about(tx: Tx, countyId: string, spendingId: string): Promise<SpendingResolution[]> {
    const rows = await sqlOf(tx)
      .selectFrom('duesSpendingResolution')
      .select(keys)
      .where('countyId', '=', countyId)
      .where('spendingId', '=', spendingId)
      .orderBy('carried', 'desc')
      .orderBy('heldOn', 'desc')
      .orderBy('id', 'desc')
      .limit(100)
      .execute()
    return rows.map(row => ({ ...row, version: Number(row.version) }))
  },
}
