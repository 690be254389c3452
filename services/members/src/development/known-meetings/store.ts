import { anyOf, excluded, insertBatch } from '@linghang/database'
import { sql } from 'kysely'
import { type Row, sqlOf, type Tx } from '../../work.ts'
import type { MeetingRecord } from './meeting-record.ts'

const changing = ['kind', 'heldOn', 'due', 'present', 'resolutions', 'version'] as const
const keys = ['id', 'orgId', ...changing] as const
const toRecord = (row: Row<'meetingRecord', (typeof keys)[number]>): MeetingRecord => ({
  ...row,
  version: Number(row.version),
})

export const meetingStore = {
  /** Keeps the newest version of each meeting. */
  async keep(tx: Tx, countyId: string, meetings: readonly MeetingRecord[]): Promise<void> {
    await insertBatch(
      sqlOf(tx),
      'meetingRecord',
      ['countyId', ...keys],
      meetings.map(meeting => ({ ...meeting, countyId, version: BigInt(meeting.version) })),
    )
      .onConflict(found =>
        found.column('id').doUpdateSet(excluded(changing)).whereRef('excluded.version', '>', 'meetingRecord.version'),
      )
      .execute()
  },

  async about(
    tx: Tx,
    countyId: string,
    { orgId, memberId, since }: { orgId: string; memberId: string; since: string },
  ): Promise<MeetingRecord[]> {
    const rows = await sqlOf(tx)
      .selectFrom('meetingRecord')
      .select(keys)
      .where('countyId', '=', countyId)
      .where('orgId', '=', orgId)
      .where('heldOn', '>=', sql<string>`nullif(${since}, '')::date`)
      .where('resolutions', '@>', sql<never>`${JSON.stringify([{ memberId }])}::jsonb`)
      .orderBy('heldOn', 'desc')
      .orderBy('id', 'desc')
      .limit(20)
      .execute()
    return rows.map(toRecord)
  },

  async byIds(tx: Tx, countyId: string, ids: readonly string[]): Promise<Map<string, MeetingRecord>> {
    const rows = await sqlOf(tx)
      .selectFrom('meetingRecord')
      .select(keys)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute()
    return new Map(rows.map(row => [row.id, toRecord(row)]))
  },
}
