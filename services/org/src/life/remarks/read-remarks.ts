import { count, many } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { seenMeetings } from '../meetings/read-meetings.ts'
import type { RecordRemark, RemarkAnswer } from './remark.ts'
import { remarkStore } from './store.ts'

export type RemarkWithAnswers = RecordRemark & { answers: RemarkAnswer[] }

/** What was said of each record that the actor sees, and what the branch answered. */
export const recordRemarksOf = many(async (work: Work, ids): Promise<Map<string, RemarkWithAnswers[]>> => {
  const seen = (await seenMeetings(work, ids)).map(({ id }) => id)
  const remarks = await remarkStore.ofMeetings(work.tx, seen)
  const answers = Map.groupBy(
    await remarkStore.answers(
      work.tx,
      remarks.map(({ id }) => id),
    ),
    ({ remarkId }) => remarkId,
  )
  return Map.groupBy(
    remarks.map(remark => ({ ...remark, answers: answers.get(remark.id) ?? [] })),
    ({ meetingId }) => meetingId,
  )
})

const openAtMost = 100

/** What waits for each organisation that the actor sees, the earliest first. */
export const remarksOpenAt = many(async (work: Work, orgIds): Promise<Map<string, RemarkWithAnswers[]>> => {
  const open = await remarkStore.openAt(work.tx, [...(await work.supervision.seen(orgIds))], openAtMost)
  return new Map([...open].map(([orgId, remarks]) => [orgId, remarks.map(remark => ({ ...remark, answers: [] }))]))
})

/** How many are not settled on the records of a year, of each organisation that the actor sees. */
export const openRemarksOf = count(async ({ tx, supervision }: Work, orgIds, year: number) =>
  remarkStore.countOpen(tx, [...(await supervision.seen(orgIds))], `${year}-01-01`, `${year}-12-31`),
)
