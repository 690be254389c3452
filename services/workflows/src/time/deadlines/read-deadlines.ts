import type { Actor } from '@linghang/access'
import { many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { type DeadlineRow, deadlineStore } from './store.ts'

/** Open deadlines of people: those of organisations that the actor sees, and the actor's own. */
export const deadlinesOfPerson = many(async (work: Work, memberIds) => {
  const found = await deadlineStore.bySubjects(work.tx, work.actor.countyId, memberIds)
  return Map.groupBy(await visible(work, found), deadline => deadline.subjectId)
})

export const deadlineById = one(async (work: Work, ids) => {
  const found = await visible(work, await deadlineStore.byIds(work.tx, work.actor.countyId, ids))
  return new Map(found.map(deadline => [deadline.id, deadline]))
})

/** A person sees their own dates, but not how long the political review about them holds. */
const isOwn = (actor: Actor, deadline: DeadlineRow): boolean =>
  deadline.subjectId === actor.memberId && deadline.rule !== 'POLITICAL_REVIEW_EXPIRES'

async function visible({ actor, supervision }: Work, found: readonly DeadlineRow[]): Promise<DeadlineRow[]> {
  const orgIds = found.flatMap(deadline => [deadline.orgId, deadline.officeOrgId])
  const seen = await supervision.seen([...new Set(orgIds)])
  return found.filter(deadline => seen.has(deadline.orgId) || seen.has(deadline.officeOrgId) || isOwn(actor, deadline))
}
