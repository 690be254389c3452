import { anyOf, type Stretch, stretchUnder } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { CriticismMeasure, CriticismOpinion } from './criticism.ts'

const opinionColumns = ['id', 'meetingId', 'orgId', 'aboutMemberId', 'byMemberId', 'text', 'saidAt'] as const
const measureColumns = [
  ...(['id', 'meetingId', 'orgId', 'memberId', 'problem', 'measure', 'dueOn', 'doneOn', 'outcome'] as const),
]
type InCounty = { countyId: string }

export const criticismStore = {
  /** How many somebody has written before a meeting, and how many there are about somebody; whoever writes next waits. */
  async countOpinions(tx: Tx, meetingId: string, by: string, about: string): Promise<{ own: number; about: number }> {
    await sql`select pg_advisory_xact_lock(hashtextextended('criticism/' || ${meetingId}, 0))::text`.execute(sqlOf(tx))
    const { rows } = await sql<{ own: number; about: number }>`
      select count(*) filter (where by_member_id = ${by}::uuid)::int as own,
        count(*) filter (where about_member_id = ${about}::uuid)::int as about
      from criticism_opinion where meeting_id = ${meetingId}::uuid`.execute(sqlOf(tx))
    return rows[0] ?? { own: 0, about: 0 }
  },

  async write(tx: Tx, opinion: CriticismOpinion & InCounty): Promise<void> {
    await sqlOf(tx).insertInto('criticismOpinion').values(opinion).execute()
  },

  /** All that was written before a meeting. */
  opinions: (tx: Tx, meetingIds: readonly string[], stretch: Stretch): Promise<Map<string, CriticismOpinion[]>> =>
    stretchUnder(
      sqlOf(tx),
      meetingIds,
      meetingId => sqlOf(tx).selectFrom('criticismOpinion').select(opinionColumns).where('meetingId', '=', meetingId),
      stretch,
      { by: ['id'] },
    ),

  async opinionCounts(tx: Tx, meetingIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await sqlOf(tx)
      .selectFrom('criticismOpinion')
      .select(({ fn, cast }) => ['meetingId', cast<number>(fn.countAll(), 'integer').as('count')])
      .where('meetingId', '=', anyOf(meetingIds))
      .groupBy('meetingId')
      .execute()
    return new Map(rows.map(row => [row.meetingId, row.count]))
  },

  /** What was written about somebody, and what they wrote. */
  opinionsOf: (tx: Tx, meetingIds: readonly string[], memberId: string): Promise<CriticismOpinion[]> =>
    sqlOf(tx)
      .selectFrom('criticismOpinion')
      .select(opinionColumns)
      .where('meetingId', '=', anyOf(meetingIds))
      .where(({ or, eb }) => or([eb('aboutMemberId', '=', memberId), eb('byMemberId', '=', memberId)]))
      .orderBy('id')
      .execute(),

  async isTold(tx: Tx, countyId: string, meetingId: string, memberId: string): Promise<boolean> {
    const found = sqlOf(tx).selectFrom('meetingNotice').select('memberId').where('meetingId', '=', meetingId)
    const row = await found.where('memberId', '=', memberId).where('countyId', '=', countyId).executeTakeFirst()
    return row !== undefined
  },

  async addMeasure(tx: Tx, measure: CriticismMeasure & InCounty): Promise<void> {
    await sqlOf(tx).insertInto('criticismMeasure').values(measure).execute()
  },

  async lockMeasure(tx: Tx, countyId: string, id: string): Promise<CriticismMeasure | null> {
    const found = sqlOf(tx).selectFrom('criticismMeasure').select(measureColumns).where('id', '=', id)
    return (await found.where('countyId', '=', countyId).forUpdate().executeTakeFirst()) ?? null
  },

  async finish(tx: Tx, id: string, doneOn: string, outcome: string): Promise<void> {
    const own = sqlOf(tx).updateTable('criticismMeasure').set({ doneOn, outcome }).where('id', '=', id)
    await own.returning('id').executeTakeFirstOrThrow()
  },

  /** What is to be mended after each meeting, by its day. */
  measures: (tx: Tx, meetingIds: readonly string[]): Promise<CriticismMeasure[]> =>
    sqlOf(tx)
      .selectFrom('criticismMeasure')
      .select(measureColumns)
      .where('meetingId', '=', anyOf(meetingIds))
      .orderBy('dueOn')
      .orderBy('id')
      .execute(),

  /** What each organisation has still to mend, by its day. */
  openAt: (tx: Tx, orgIds: readonly string[], size: number): Promise<Map<string, CriticismMeasure[]>> =>
    stretchUnder(
      sqlOf(tx),
      orgIds,
      orgId =>
        sqlOf(tx)
          .selectFrom('criticismMeasure')
          .select(measureColumns)
          .where('orgId', '=', orgId)
          .where('doneOn', 'is', null),
      { size, from: null, backwards: false },
      { by: ['dueOn', 'id'] },
    ),

  ownMeasures: (tx: Tx, meetingIds: readonly string[], memberId: string): Promise<CriticismMeasure[]> =>
    sqlOf(tx)
      .selectFrom('criticismMeasure')
      .select(measureColumns)
      .where('meetingId', '=', anyOf(meetingIds))
      .where('memberId', '=', memberId)
      .orderBy('dueOn')
      .execute(),
}
