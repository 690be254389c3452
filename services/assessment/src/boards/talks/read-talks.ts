import { count, isCountyAdmin, many, one, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { dueTalks } from './due-talks.ts'
import { talkStore } from './store.ts'

/** Talks with branches that the actor sees: the branch's own office too. */
export const talkById = one(async (work: Work, ids) => {
  const talks = await talkStore.byIds(work.tx, work.actor.countyId, ids)
  const seen = await work.supervision.seen([...new Set(talks.map(({ orgId }) => orgId))])
  return new Map(talks.filter(({ orgId }) => seen.has(orgId)).map(talk => [talk.id, talk]))
})

export const talksOf = many(async ({ tx, actor, supervision }: Work, orgIds, stretch: Stretch) =>
  talkStore.ofBranches(tx, actor.countyId, [...(await supervision.seen(orgIds))], stretch),
)
export const countTalksOf = count(async ({ tx, actor, supervision }: Work, orgIds) =>
  talkStore.countOf(tx, actor.countyId, [...(await supervision.seen(orgIds))]),
)

export type BranchToCallIn = { orgId: string; months: string[] }

/** Whose heads are to be called in and have not been, for the county's administrators; nobody else finds any. */
export async function branchesToCallIn(work: Work, most: number): Promise<BranchToCallIn[]> {
  if (!isCountyAdmin(work)) return []
  const due = await dueTalks(work)
  return (due?.orgIds ?? []).slice(0, most).map(orgId => ({ orgId, months: due?.months ?? [] }))
}
