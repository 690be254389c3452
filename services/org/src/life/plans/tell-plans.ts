import { publish } from '@linghang/events'
import type { Work } from '../../work.ts'
import { heldStore } from '../meetings/held-store.ts'
import { daysToCome } from './plan.ts'
import { planStore } from './store.ts'

/** Tells of the plans of these organisations that are not over: on which days meetings are still to come. */
export async function tellPlans(work: Work, orgIds: readonly string[]): Promise<void> {
  const { tx, today } = work
  const plans = await planStore.tellRunning(tx, orgIds, today)
  if (plans.length === 0) return
  const entries = await planStore.entries(
    tx,
    plans.map(({ id }) => id),
  )
  const ended = await planStore.ended(tx, orgIds)
  const times = [...entries.values()].flat()
  const from = times.map(({ windowFrom }) => windowFrom).toSorted()[0] ?? today
  const held = await heldStore.at(tx, orgIds, from, today)
  await publish(
    work,
    plans.map(plan => {
      const { id, orgId, told } = plan
      const coming = () => daysToCome(plan, plans, entries.get(id) ?? [], held.get(orgId) ?? [], today)
      const dates = ended.has(orgId) ? [] : coming()
      return {
        ...({ type: 'org.plan.changed.v1', orgId, subject: id } as const),
        data: { id, orgId, open: dates.length > 0, dates, version: Number(told) },
      }
    }),
  )
}
