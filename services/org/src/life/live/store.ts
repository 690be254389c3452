import { anyOf, type Stretch, stretchUnder } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { MeetingMakeUp, MeetingRemark, MeetingStream } from './live.ts'

const streamColumns = ['meetingId', 'orgId', 'liveUrl', 'replayUrl'] as const
const remarkColumns = [
  ...(['id', 'meetingId', 'orgId', 'memberId', 'kind', 'text', 'saidAt', 'answer', 'answeredAt'] as const),
]
const makeUpColumns = [
  ...(['meetingId', 'orgId', 'memberId', 'reason', 'note', 'saidAt', 'confirmed', 'refusalReason'] as const),
  'decidedAt' as const,
]
type InCounty = { countyId: string }

export const liveStore = {
  streams: (tx: Tx, meetingIds: readonly string[]): Promise<MeetingStream[]> =>
    sqlOf(tx).selectFrom('meetingStream').select(streamColumns).where('meetingId', '=', anyOf(meetingIds)).execute(),

  async setStream(tx: Tx, stream: MeetingStream & InCounty): Promise<void> {
    const { liveUrl, replayUrl } = stream
    await sqlOf(tx)
      .insertInto('meetingStream')
      .values(stream)
      .onConflict(found => found.column('meetingId').doUpdateSet({ liveUrl, replayUrl }))
      .execute()
  },

  /** How many remarks there are under a meeting, of somebody and in all. Who says the next waits for the one before. */
  async countRemarks(tx: Tx, meetingId: string, memberId: string): Promise<{ own: number; all: number }> {
    await sql`select pg_advisory_xact_lock(hashtextextended('remarks/' || ${meetingId}, 0))::text`.execute(sqlOf(tx))
    const { rows } = await sql<{ own: number; all: number }>`
      select count(*) filter (where member_id = ${memberId}::uuid)::int as own, count(*)::int as all
      from meeting_remark where meeting_id = ${meetingId}::uuid`.execute(sqlOf(tx))
    return rows[0] ?? { own: 0, all: 0 }
  },

  async say(tx: Tx, remark: Omit<MeetingRemark, 'answer' | 'answeredAt'> & InCounty): Promise<void> {
    await sqlOf(tx).insertInto('meetingRemark').values(remark).execute()
  },

  async remark(tx: Tx, countyId: string, id: string): Promise<MeetingRemark | null> {
    const found = sqlOf(tx).selectFrom('meetingRemark').select(remarkColumns).where('id', '=', id)
    return (await found.where('countyId', '=', countyId).executeTakeFirst()) ?? null
  },

  async answer(tx: Tx, id: string, answer: string, answeredAt: Date): Promise<void> {
    const own = sqlOf(tx).updateTable('meetingRemark').set({ answer, answeredAt }).where('id', '=', id)
    // Whoever does not keep it meets no row: nothing is then said to have been answered.
    await own.returning('id').executeTakeFirstOrThrow()
  },

  /** What was said under each meeting, in its order. */
  remarks: (tx: Tx, meetingIds: readonly string[], stretch: Stretch): Promise<Map<string, MeetingRemark[]>> =>
    stretchUnder(
      sqlOf(tx),
      meetingIds,
      meetingId => sqlOf(tx).selectFrom('meetingRemark').select(remarkColumns).where('meetingId', '=', meetingId),
      stretch,
      { by: ['id'] },
    ),

  async remarkCounts(tx: Tx, meetingIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await sqlOf(tx)
      .selectFrom('meetingRemark')
      .select(({ fn, cast }) => ['meetingId', cast<number>(fn.countAll(), 'integer').as('count')])
      .where('meetingId', '=', anyOf(meetingIds))
      .groupBy('meetingId')
      .execute()
    return new Map(rows.map(row => [row.meetingId, row.count]))
  },

  async lockMakeUp(tx: Tx, meetingId: string, memberId: string): Promise<MeetingMakeUp | null> {
    const found = sqlOf(tx).selectFrom('meetingMakeUp').select(makeUpColumns).where('meetingId', '=', meetingId)
    return (await found.where('memberId', '=', memberId).forUpdate().executeTakeFirst()) ?? null
  },

  /** Said again it is said anew, while nobody has decided. */
  async sayMadeUp(
    tx: Tx,
    said: Pick<MeetingMakeUp, 'meetingId' | 'orgId' | 'memberId' | 'reason' | 'note' | 'saidAt'> & InCounty,
  ): Promise<void> {
    const { reason, note, saidAt } = said
    await sqlOf(tx)
      .insertInto('meetingMakeUp')
      .values(said)
      .onConflict(found => found.columns(['meetingId', 'memberId']).doUpdateSet({ reason, note, saidAt }))
      .execute()
  },

  async decideMakeUp(
    tx: Tx,
    { meetingId, memberId }: Pick<MeetingMakeUp, 'meetingId' | 'memberId'>,
    decided: Pick<MeetingMakeUp, 'confirmed' | 'refusalReason' | 'decidedAt'>,
  ): Promise<void> {
    const own = sqlOf(tx).updateTable('meetingMakeUp').set(decided).where('meetingId', '=', meetingId)
    await own.where('memberId', '=', memberId).execute()
  },

  /** Whoever has said of these meetings that they made them up. */
  makeUps: (tx: Tx, meetingIds: readonly string[]): Promise<MeetingMakeUp[]> =>
    sqlOf(tx)
      .selectFrom('meetingMakeUp')
      .select(makeUpColumns)
      .where('meetingId', '=', anyOf(meetingIds))
      .orderBy('memberId')
      .execute(),

  ownMakeUps(tx: Tx, meetingIds: readonly string[], memberId: string): Promise<MeetingMakeUp[]> {
    const own = sqlOf(tx).selectFrom('meetingMakeUp').select(makeUpColumns).where('memberId', '=', memberId)
    return own.where('meetingId', '=', anyOf(meetingIds)).execute()
  },

  /** What the version of a meeting that counts says of somebody's attendance; undefined for whoever is not in it. */
  async attendance(tx: Tx, countyId: string, meetingId: string, memberId: string) {
    return await sqlOf(tx)
      .selectFrom('meeting')
      .innerJoin('meetingPerson as person', join =>
        join.onRef('person.meetingId', '=', 'meeting.id').onRef('person.version', '=', 'meeting.version'),
      )
      .select(['meeting.orgId', 'meeting.state', 'person.attendance', 'person.exception'])
      .where('meeting.id', '=', meetingId)
      .where('meeting.countyId', '=', countyId)
      .where('person.memberId', '=', memberId)
      .executeTakeFirst()
  },
}
