import { anyOf, type Stretch, stretchUnder } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { Appraisal, Graded } from './appraisal.ts'

const columns = [
  ...(['meetingId', 'orgId', 'memberId', 'selfReview', 'mutual', 'excellent', 'competent', 'basic', 'unfit'] as const),
  ...(['grade', 'leftOutReason'] as const),
]
type Row = Omit<Appraisal, 'test'> & Record<'excellent' | 'competent' | 'basic' | 'unfit', number | null>

const toAppraisal = ({ excellent, competent, basic, unfit, ...row }: Row): Appraisal => ({
  ...row,
  test:
    excellent === null
      ? null
      : { excellent, competent: competent as number, basic: basic as number, unfit: unfit as number },
})
type Key = { meetingId: string; countyId: string; orgId: string; memberId: string }

export const appraisalStore = {
  async writeSelf(tx: Tx, key: Key, selfReview: string): Promise<void> {
    await sqlOf(tx)
      .insertInto('memberAppraisal')
      .values({ ...key, selfReview })
      .onConflict(found => found.columns(['meetingId', 'memberId']).doUpdateSet({ selfReview }))
      .execute()
  },

  async writeGraded(tx: Tx, key: Key, { test, ...said }: Graded): Promise<void> {
    const none = { excellent: null, competent: null, basic: null, unfit: null }
    const row = { ...said, ...(test ?? none) }
    await sqlOf(tx)
      .insertInto('memberAppraisal')
      .values({ ...key, ...row })
      .onConflict(found => found.columns(['meetingId', 'memberId']).doUpdateSet(row))
      .execute()
  },

  /** Somebody's own in each meeting. */
  async own(tx: Tx, meetingIds: readonly string[], memberId: string): Promise<Appraisal[]> {
    const own = sqlOf(tx).selectFrom('memberAppraisal').select(columns).where('meetingId', '=', anyOf(meetingIds))
    return (await own.where('memberId', '=', memberId).execute()).map(toAppraisal)
  },

  async ofMeetings(tx: Tx, meetingIds: readonly string[], stretch: Stretch): Promise<Map<string, Appraisal[]>> {
    const found = await stretchUnder(
      sqlOf(tx),
      meetingIds,
      meetingId => sqlOf(tx).selectFrom('memberAppraisal').select(columns).where('meetingId', '=', meetingId),
      stretch,
      { by: ['memberId'] },
    )
    return new Map([...found].map(([meetingId, rows]) => [meetingId, rows.map(toAppraisal)]))
  },

  /** Of each meeting: how many were appraised, graded and found excellent. */
  async counts(tx: Tx, meetingIds: readonly string[]) {
    return await sqlOf(tx)
      .selectFrom('memberAppraisal')
      .select([
        'meetingId',
        sql<number>`count(*)::int`.as('all'),
        sql<number>`count(grade)::int`.as('graded'),
        sql<number>`(count(*) filter (where grade = 'EXCELLENT'))::int`.as('excellent'),
      ])
      .where('meetingId', '=', anyOf(meetingIds))
      .groupBy('meetingId')
      .execute()
  },
}
