import { recordAudit } from '@linghang/access'
import { requireKept } from '../../structure/organisations/administration.ts'
import type { Work } from '../../work.ts'
import { fail } from './errors.ts'
import type { Entry, Plan } from './plan.ts'
import { planStore } from './store.ts'
import { tellPlans } from './tell-plans.ts'

export type Held = { plan: Plan; entries: Entry[] }

/** A plan that the actor keeps, held until the transaction ends. @throws DomainError NOT_FOUND, FORBIDDEN, CONFLICT */
async function holdPlan(work: Work, id: string, revision: number | null): Promise<Held> {
  const plan = await planStore.lock(work.tx, work.actor.countyId, id)
  if (!plan) return fail('NOT_FOUND', { what: `LifePlan:${id}` })
  await requireKept(work, plan.orgId, `LifePlan:${id}`)
  if (revision !== null && revision !== plan.revision) fail('CONFLICT', { what: `LifePlan:${id}` })
  return { plan, entries: (await planStore.entries(work.tx, [id])).get(id) ?? [] }
}

/** The same while it is the branch's own to change. @throws DomainError PLAN_IS_FILED */
export async function holdDraft(work: Work, id: string, revision: number | null): Promise<Held> {
  const held = await holdPlan(work, id, revision)
  if (held.plan.filedAt) fail('PLAN_IS_FILED', { found: held.plan.filedAt.toISOString().slice(0, 10) })
  return held
}

/** One meeting of a plan. @throws DomainError NOT_FOUND */
export const entryIn = ({ entries }: Held, id: string): Entry =>
  entries.find(entry => entry.id === id) ?? fail('NOT_FOUND', { what: `LifePlanEntry:${id}` })

/** Writes what a plan has now, with its audit row. */
export async function writePlan(work: Work, { plan, entries }: Held, action: string): Promise<string> {
  await planStore.writeEntries(work.tx, work.actor.countyId, plan, entries)
  await planStore.update(work.tx, { ...plan, revision: plan.revision + 1 })
  await recordAudit(work, [{ orgId: plan.orgId, action, subjectType: 'LifePlan', subjectId: plan.id }])
  await tellPlans(work, [plan.orgId])
  return plan.id
}
