import { addMonths, type DuesStanding, monthOf } from '@linghang/rulebook'
import type { Work } from '../../work.ts'
import { explainRecord } from '../records/explain-record.ts'
import { settingsOn } from '../settings/settings.ts'
import { settingsStore } from '../settings/store.ts'
import { billOf, followsFor, mostMonthsBack, type NewBill, type Person } from './bill.ts'
import { type Known, standingStore } from './standing-store.ts'
import { billStore } from './store.ts'

/** How many bills were made, taken back and given back, and of how many months something is missing to work dues out. */
export type Followed = { made: number; withdrawn: number; restored: number; unknown: number }

const standingOf = (known: Known, pauses: DuesStanding['pauses']): DuesStanding => ({
  ...{ owesSince: known.owesSince, knownOn: known.knownOn, paidThrough: known.paidThrough },
  ...{ leftOn: known.closedOn, pauses },
})

/**
 * Brings the bills of these members up to what they owe, up to and with the month of `through`; done again it changes
 * nothing. Whoever's category or base is not known has no bill yet. A constant number of statements for all.
 */
export async function followBills(work: Work, people: readonly Known[], through: string): Promise<Followed> {
  const { tx, actor, today } = work
  const ids = people.map(({ memberId }) => memberId)
  if (ids.length === 0) return { made: 0, withdrawn: 0, restored: 0, unknown: 0 }
  await standingStore.hold(tx, ids)
  const month = monthOf(through)
  const places = Map.groupBy(await standingStore.placesOf(tx, ids), ({ memberId }) => memberId)
  const pauses = Map.groupBy(await standingStore.pausesOf(tx, ids), ({ memberId }) => memberId)
  const earliest = addMonths(month, -mostMonthsBack + 1)
  const bills = Map.groupBy(await standingStore.billsOf(tx, ids, earliest), ({ memberId }) => memberId)
  const decided = await settingsStore.decided(tx, actor.countyId)
  const made: NewBill[] = []
  const changes = { withdraw: [] as { id: string; why: string }[], restore: [] as { id: string }[] }
  let unknown = 0
  for (const known of people) {
    const { memberId } = known
    const person: Person = {
      ...{ memberId, standing: standingOf(known, pauses.get(memberId) ?? []) },
      ...{ places: places.get(memberId) ?? [], bills: bills.get(memberId) ?? [] },
    }
    const follows = followsFor(person, month)
    changes.withdraw.push(...follows.withdraw)
    changes.restore.push(...follows.restore)
    for (const { month: owed, orgId } of follows.missing) {
      const explained = explainRecord({ ...known, owes: true, owesSince: null }, owed, settingsOn(decided, owed))
      if (explained) made.push(billOf({ memberId, orgId, month: owed }, explained, 0n, today))
      else unknown += 1
    }
  }
  return {
    made: await billStore.insert(work, made),
    withdrawn: await billStore.withdraw(tx, changes.withdraw, today),
    restored: await billStore.restore(tx, changes.restore, today),
    unknown,
  }
}
