import { many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { JointActivity, JointParty } from './joint.ts'
import { jointStore } from './store.ts'

/** Whose part the actor sees: all of what an organisation of theirs hosts, else their own. */
async function partsSeen({ tx, supervision }: Work, ids: readonly string[]): Promise<JointParty[]> {
  const parties = await jointStore.parties(tx, ids)
  const seen = await supervision.seen([
    ...new Set(parties.flatMap(({ orgId, participantId }) => [orgId, participantId])),
  ])
  return parties
    .filter(({ orgId, participantId }) => seen.has(orgId) || seen.has(participantId))
    .map(({ orgId, ...party }) => party)
}

export const jointPartiesOf = many(async (work: Work, ids) =>
  Map.groupBy(await partsSeen(work, ids), ({ activityId }) => activityId),
)

/** Activities by id: those that an organisation of the actor's hosts or is invited to. */
export const jointById = one(async (work: Work, ids): Promise<Map<string, JointActivity>> => {
  const seen = new Set((await partsSeen(work, ids)).map(({ activityId }) => activityId))
  const found = await Promise.all([...seen].map(id => jointStore.activity(work.tx, work.actor.countyId, id)))
  return new Map(found.flatMap(activity => (activity ? [[activity.id, activity]] : [])))
})

/** What each organisation that the actor sees hosts or is invited to. */
export const jointAt = many(async ({ tx, supervision }: Work, orgIds) =>
  jointStore.at(tx, [...(await supervision.seen(orgIds))]),
)
