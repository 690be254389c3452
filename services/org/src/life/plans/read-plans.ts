import { count, many, one, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { heldStore } from '../meetings/held-store.ts'
import { type Entry, type Plan, type Progress, progressOf } from './plan.ts'
import { planStore } from './store.ts'

/** Plans of organisations at or above which the actor holds an office. */
async function seenPlans({ tx, actor, supervision }: Work, ids: readonly string[]): Promise<Plan[]> {
  const plans = await planStore.byIds(tx, actor.countyId, ids)
  const seen = await supervision.seen([...new Set(plans.map(({ orgId }) => orgId))])
  return plans.filter(({ orgId }) => seen.has(orgId))
}

export const planById = one(
  async (work: Work, ids) => new Map((await seenPlans(work, ids)).map(plan => [plan.id, plan])),
)

export type EntryNow = Entry & { progress: Progress }

/** The meetings of each plan, and what has become of them. */
export const entriesOf = many(async (work: Work, ids) => {
  const plans = await seenPlans(work, ids)
  const entries = await planStore.entries(
    work.tx,
    plans.map(({ id }) => id),
  )
  const all = [...entries.values()].flat()
  const from = all.map(({ windowFrom }) => windowFrom).toSorted()[0] ?? work.today
  const orgIds = [...new Set(plans.map(({ orgId }) => orgId))]
  const held = await heldStore.at(work.tx, orgIds, from, work.today)
  const toldOf = ({ id, orgId }: Plan): EntryNow[] => {
    const own = entries.get(id) ?? []
    const progress = progressOf(own, held.get(orgId) ?? [], work.today)
    return own.map(entry => ({ ...entry, progress: progress.get(entry.id) ?? { state: 'TO_COME', meetingId: null } }))
  }
  return new Map(plans.map(plan => [plan.id, toldOf(plan)]))
})

export const plansAt = many(async ({ tx, supervision }: Work, orgIds, stretch: Stretch) =>
  planStore.atOrganisations(tx, [...(await supervision.seen(orgIds))], stretch),
)

export const planCountAt = count(async ({ tx, supervision }: Work, orgIds) =>
  planStore.countAtOrganisations(tx, [...(await supervision.seen(orgIds))]),
)
