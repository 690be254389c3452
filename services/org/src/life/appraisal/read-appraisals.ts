import { excellentAtMost, tooManyExcellent } from '@linghang/rulebook'
import { count, many, one, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { seenMeetings } from '../meetings/read-meetings.ts'
import type { Appraisal } from './appraisal.ts'
import { appraisalStore } from './store.ts'

const seenIds = async (work: Work, ids: readonly string[]) => (await seenMeetings(work, ids)).map(({ id }) => id)

export const appraisalsOf = many(async (work: Work, ids, stretch: Stretch) =>
  appraisalStore.ofMeetings(work.tx, await seenIds(work, ids), stretch),
)
export const appraisalCountOf = count(
  async (work: Work, ids) =>
    new Map(
      (await appraisalStore.counts(work.tx, await seenIds(work, ids))).map(({ meetingId, all }) => [meetingId, all]),
    ),
)

/** How many were graded and found excellent in each appraisal, and whether that is more than a third. */
export const gradesOf = one(async (work: Work, ids) => {
  const counted = await appraisalStore.counts(work.tx, await seenIds(work, ids))
  return new Map(
    counted.map(({ meetingId, graded, excellent }) => [
      meetingId,
      { graded, excellent, excellentAtMost: excellentAtMost(graded), tooMany: tooManyExcellent(excellent, graded) },
    ]),
  )
})

/** The actor's own. */
export const ownAppraisalOf = one(async ({ tx, actor }: Work, ids): Promise<Map<string, Appraisal>> => {
  const own = actor.memberId ? await appraisalStore.own(tx, ids, actor.memberId) : []
  return new Map(own.map(appraisal => [appraisal.meetingId, appraisal]))
})
