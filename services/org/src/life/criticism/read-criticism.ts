import { count, many, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { seenMeetings } from '../meetings/read-meetings.ts'
import type { CriticismMeasure, CriticismOpinion } from './criticism.ts'
import { criticismStore } from './store.ts'

/** Opinions are read by whom they are about and by the branch's own secretary: no superior, no administrator. */
async function asSecretary(work: Work, ids: readonly string[]): Promise<string[]> {
  const own = new Set(work.actor.grants.flatMap(({ role, orgId }) => (role === 'SECRETARY' && orgId ? [orgId] : [])))
  return (await seenMeetings(work, ids)).filter(({ orgId }) => own.has(orgId)).map(({ id }) => id)
}

export const opinionsOf = many(async (work: Work, ids, stretch: Stretch) =>
  criticismStore.opinions(work.tx, await asSecretary(work, ids), stretch),
)
export const opinionCountOf = count(async (work: Work, ids) =>
  criticismStore.opinionCounts(work.tx, await asSecretary(work, ids)),
)

export const measuresOf = many(async (work: Work, ids) => {
  const seen = (await seenMeetings(work, ids)).map(({ id }) => id)
  return Map.groupBy(await criticismStore.measures(work.tx, seen), ({ meetingId }) => meetingId)
})

const openAtMost = 200

/** What each organisation that the actor sees has still to mend. */
export const measuresOpenAt = many(async ({ tx, supervision }: Work, orgIds) =>
  criticismStore.openAt(tx, [...(await supervision.seen(orgIds))], openAtMost),
)

/** What is about the actor, and what they wrote: who wrote it, of what others wrote, is not told. */
export const ownOpinionsOf = many(async ({ tx, actor }: Work, ids): Promise<Map<string, CriticismOpinion[]>> => {
  const own = actor.memberId ? await criticismStore.opinionsOf(tx, ids, actor.memberId) : []
  return Map.groupBy(own, ({ meetingId }) => meetingId)
})

/** What the actor has to mend after each meeting. */
export const ownMeasuresOf = many(async ({ tx, actor }: Work, ids): Promise<Map<string, CriticismMeasure[]>> => {
  const own = actor.memberId ? await criticismStore.ownMeasures(tx, ids, actor.memberId) : []
  return Map.groupBy(own, ({ meetingId }) => meetingId)
})
