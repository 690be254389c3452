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
  const found: [string, EntryNow[]][] = []
  // A page has few plans, and a plan of its own times.
  for (const { id, orgId } of plans) found.push([id, await compared(work, orgId, entries.get(id) ?? [])])
  return new Map(found)
})

async function compared({ tx, today }: Work, orgId: string, entries: readonly Entry[]): Promise<EntryNow[]> {
  if (entries.length === 0) return []
  const from = entries.map(({ windowFrom }) => windowFrom).toSorted()[0] ?? today
  const until =
    entries
      .map(({ windowUntil }) => windowUntil)
      .toSorted()
      .at(-1) ?? today
  const held = (await heldStore.at(tx, [orgId], from, until)).get(orgId) ?? []
  const progress = progressOf(entries, held, today)
  return entries.map(entry => ({ ...entry, progress: progress.get(entry.id) ?? { state: 'TO_COME', meetingId: null } }))
}

export const plansAt = many(async ({ tx, supervision }: Work, orgIds, stretch: Stretch) =>
  planStore.atOrganisations(tx, [...(await supervision.seen(orgIds))], stretch),
)

export const planCountAt = count(async ({ tx, supervision }: Work, orgIds) =>
  planStore.countAtOrganisations(tx, [...(await supervision.seen(orgIds))]),
)
