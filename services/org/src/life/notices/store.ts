import { anyOf, insertBatch, type Stretch, stretchOf, stretchUnder } from '@linghang/database'
import { sqlOf, type Tx } from '../../work.ts'
import type { Meeting } from '../meetings/meeting.ts'
import type { Answer, MeetingNotice } from './notice.ts'

const told = ['kind', 'state', 'startsAt', 'place', 'agenda', 'cancelReason'] as const
const noticeColumns = [
  ...(['meetingId', 'orgId', 'memberId'] as const),
  ...told,
  ...(['answer', 'leaveReason', 'answeredAt', 'granted', 'refusalReason', 'decidedAt'] as const),
]
const unanswered = {
  answer: null,
  leaveReason: null,
  answeredAt: null,
  granted: null,
  refusalReason: null,
  decidedAt: null,
}
export type Told = Pick<MeetingNotice, (typeof told)[number]>

export const noticeStore = {
  /** Tells these people of a meeting, and takes the notice from whoever it is no longer for. */
  async tell(tx: Tx, countyId: string, { id, orgId }: Meeting, what: Told, people: readonly string[]): Promise<void> {
    await sqlOf(tx)
      .deleteFrom('meetingNotice')
      .where('meetingId', '=', id)
      .where(({ not, eb }) => not(eb('memberId', '=', anyOf(people))))
      .execute()
    if (people.length === 0) return
    const rows = people.map(memberId => ({ meetingId: id, memberId, countyId, orgId, ...what }))
    const columns = [...(['meetingId', 'memberId', 'countyId', 'orgId'] as const), ...told]
    await insertBatch(sqlOf(tx), 'meetingNotice', columns, rows)
      .onConflict(found => found.columns(['meetingId', 'memberId']).doNothing())
      .execute()
    await sqlOf(tx).updateTable('meetingNotice').set(what).where('meetingId', '=', id).execute()
  },

  /** What is told of a meeting is another thing now. */
  async retell(tx: Tx, meetingId: string, what: Partial<Told>): Promise<void> {
    await sqlOf(tx).updateTable('meetingNotice').set(what).where('meetingId', '=', meetingId).execute()
  },

  /** What was answered was about another day. */
  async forgetAnswers(tx: Tx, meetingId: string): Promise<void> {
    await sqlOf(tx).updateTable('meetingNotice').set(unanswered).where('meetingId', '=', meetingId).execute()
  },

  ofMeeting: (tx: Tx, meetingId: string): Promise<MeetingNotice[]> =>
    sqlOf(tx).selectFrom('meetingNotice').select(noticeColumns).where('meetingId', '=', meetingId).execute(),

  async ofBoth(tx: Tx, meetingId: string, memberId: string): Promise<MeetingNotice | null> {
    const own = sqlOf(tx).selectFrom('meetingNotice').select(noticeColumns).where('memberId', '=', memberId)
    return (await own.where('meetingId', '=', meetingId).executeTakeFirst()) ?? null
  },

  /** One person's notice, held until the transaction ends. */
  async lock(tx: Tx, countyId: string, meetingId: string, memberId: string): Promise<MeetingNotice | null> {
    const found = await sqlOf(tx)
      .selectFrom('meetingNotice')
      .select(noticeColumns)
      .where('meetingId', '=', meetingId)
      .where('memberId', '=', memberId)
      .where('countyId', '=', countyId)
      .forUpdate()
      .executeTakeFirst()
    return found ?? null
  },

  async answer(
    tx: Tx,
    { meetingId, memberId }: Pick<MeetingNotice, 'meetingId' | 'memberId'>,
    said: { answer: Answer; leaveReason: string | null; at: Date },
  ): Promise<void> {
    const { at, ...rest } = said
    await sqlOf(tx)
      .updateTable('meetingNotice')
      .set({ ...unanswered, ...rest, answeredAt: at })
      .where('meetingId', '=', meetingId)
      .where('memberId', '=', memberId)
      .execute()
  },

  async decide(
    tx: Tx,
    { meetingId, memberId }: Pick<MeetingNotice, 'meetingId' | 'memberId'>,
    decided: { granted: boolean; refusalReason: string | null; decidedAt: Date },
  ): Promise<void> {
    await sqlOf(tx)
      .updateTable('meetingNotice')
      .set(decided)
      .where('meetingId', '=', meetingId)
      .where('memberId', '=', memberId)
      .execute()
  },

  /** The notices of each meeting, whoever they are for. */
  ofMeetings: (tx: Tx, meetingIds: readonly string[], stretch: Stretch): Promise<Map<string, MeetingNotice[]>> =>
    stretchUnder(
      sqlOf(tx),
      meetingIds,
      meetingId => sqlOf(tx).selectFrom('meetingNotice').select(noticeColumns).where('meetingId', '=', meetingId),
      stretch,
      { by: ['memberId'] },
    ),

  async countOfMeetings(tx: Tx, meetingIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await sqlOf(tx)
      .selectFrom('meetingNotice')
      .select(({ fn, cast }) => ['meetingId', cast<number>(fn.countAll(), 'integer').as('count')])
      .where('meetingId', '=', anyOf(meetingIds))
      .groupBy('meetingId')
      .execute()
    return new Map(rows.map(row => [row.meetingId, row.count]))
  },

  /** Somebody's own notices, the latest meeting first. */
  async ofMember(tx: Tx, memberId: string, stretch: Stretch): Promise<MeetingNotice[]> {
    const own = sqlOf(tx).selectFrom('meetingNotice').select(noticeColumns).where('memberId', '=', memberId)
    return (await stretchOf(own, stretch, { by: ['startsAt', 'meetingId'], descending: true }).execute(sqlOf(tx))).rows
  },

  /** Of these meetings those of which somebody was told. */
  async toldOf(tx: Tx, memberId: string, meetingIds: readonly string[]): Promise<string[]> {
    const own = sqlOf(tx).selectFrom('meetingNotice').select('meetingId').where('memberId', '=', memberId)
    return (await own.where('meetingId', '=', anyOf(meetingIds)).execute()).map(({ meetingId }) => meetingId)
  },

  async countOfMember(tx: Tx, memberId: string): Promise<number> {
    const { count } = await sqlOf(tx)
      .selectFrom('meetingNotice')
      .select(({ fn, cast }) => cast<number>(fn.countAll(), 'integer').as('count'))
      .where('memberId', '=', memberId)
      .executeTakeFirstOrThrow()
    return count
  },
}
