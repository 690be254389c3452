import type { Actor } from '@linghang/access'
import type { Deps } from '../deps.ts'
import { type DeadlineRow, deadlineStore } from './store.ts'

/** Open deadlines of people: those of organisations that the actor sees, and the actor's own. */
export function readDeadlinesOfPeople(deps: Deps) {
  return (actor: Actor, memberIds: readonly string[]): Promise<Map<string, DeadlineRow[]>> =>
    deps.transact(actor, async tx => {
      const found = await deadlineStore.bySubjects(tx, actor.countyId, memberIds)
      return Map.groupBy(await visible(deps, tx, actor, found), deadline => deadline.subjectId)
    })
}

export function readDeadlines(deps: Deps) {
  return (actor: Actor, ids: readonly string[]): Promise<Map<string, DeadlineRow>> =>
    deps.transact(actor, async tx => {
      const found = await visible(deps, tx, actor, await deadlineStore.byIds(tx, actor.countyId, ids))
      return new Map(found.map(deadline => [deadline.id, deadline]))
    })
}

/** A person sees their own dates, but not how long the political review about them holds. */
const isOwn = (actor: Actor, deadline: DeadlineRow): boolean =>
  deadline.subjectId === actor.memberId && deadline.rule !== 'POLITICAL_REVIEW_EXPIRES'

async function visible(
  deps: Deps,
  tx: Parameters<Deps['supervision']['seen']>[0],
  actor: Actor,
  found: DeadlineRow[],
): Promise<DeadlineRow[]> {
  const orgIds = found.flatMap(deadline => [deadline.orgId, deadline.officeOrgId])
  const seen = await deps.supervision.seen(tx, actor, [...new Set(orgIds)])
  return found.filter(deadline => seen.has(deadline.orgId) || seen.has(deadline.officeOrgId) || isOwn(actor, deadline))
}

/** Organisations that an answer may point to: those that the actor sees, and their own. */
export function enterableOrganisations(deps: Deps) {
  return (actor: Actor, orgIds: readonly string[]): Promise<Map<string, true>> =>
    deps.transact(actor, async tx => {
      const seen = await deps.supervision.seen(tx, actor, orgIds)
      return new Map(orgIds.filter(id => seen.has(id) || id === actor.memberOrgId).map(id => [id, true]))
    })
}

/** What organisations are called whose offices answer for something that the actor sees: a branch learns who decides. */
export function namesOfOffices(deps: Deps) {
  return (actor: Actor, orgIds: readonly string[]): Promise<Map<string, string>> =>
    deps.transact(actor, tx => deadlineStore.namesOfOffices(tx, orgIds))
}
