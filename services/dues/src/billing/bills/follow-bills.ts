import { addMonths, type DuesStanding, explainDues, monthOf } from '@linghang/rulebook'
import type { Work } from '../../work.ts'
import { type FixedBase, fixedBaseOf } from '../fixings/fixed-base.ts'
import { explainRecord } from '../records/explain-record.ts'
import { settingsOn } from '../settings/settings.ts'
import { settingsStore } from '../settings/store.ts'
import { waivedFenOf } from '../waivers/waived-fen.ts'
import { billOf, followsFor, mayChange, mostMonthsBack, type NewBill, waivedOf } from './bill.ts'
import { type Known, standingStore } from './standing-store.ts'
import { billStore } from './store.ts'
import { tellBills } from './tell-bills.ts'

/** How many bills were made, taken back and given back, and of how many months something is missing to work dues out. */
export type Followed = { made: number; withdrawn: number; restored: number; unknown: number }

const standingOf = (known: Known, pauses: DuesStanding['pauses']): DuesStanding => ({
  ...{ owesSince: known.owesSince, knownOn: known.knownOn, paidThrough: known.paidThrough },
  ...{ leftOn: known.closedOn, pauses },
})

/**
 * By what the dues of each of these months are worked out: what was fixed at the beginning of the year, what is waived, and
 * how the county rounds. Two statements a month, however many members.
 */
async function readTerms({ tx, actor }: Work, memberIds: readonly string[], months: readonly string[]) {
  const decided = await settingsStore.decided(tx, actor.countyId)
  const terms = new Map<string, { fixed: Map<string, FixedBase>; waived: Awaited<ReturnType<typeof waivedFenOf>> }>()
  for (const month of months)
    terms.set(month, {
      fixed: await fixedBaseOf(tx, memberIds, month),
      waived: await waivedFenOf(tx, memberIds, month),
    })
  return (memberId: string, month: string) => {
    const waiver = terms.get(month)?.waived.get(memberId)
    return {
      fixed: terms.get(month)?.fixed.get(memberId) ?? null,
      partFen: waiver === undefined ? 0n : waiver.partFen,
      settings: settingsOn(decided, month),
    }
  }
}

/**
 * Brings the bills of these members up to what they owe, up to and with the month of `through`; done again it changes
 * nothing. Whoever's category or base is not known has no bill yet. A constant number of statements for all.
 */
export async function followBills(work: Work, people: readonly Known[], through: string): Promise<Followed> {
  const { tx, today } = work
  const ids = people.map(({ memberId }) => memberId)
  if (ids.length === 0) return { made: 0, withdrawn: 0, restored: 0, unknown: 0 }
  await standingStore.hold(tx, ids)
  const month = monthOf(through)
  const places = Map.groupBy(await standingStore.placesOf(tx, ids), ({ memberId }) => memberId)
  const pauses = Map.groupBy(await standingStore.pausesOf(tx, ids), ({ memberId }) => memberId)
  const earliest = addMonths(month, -mostMonthsBack + 1)
  const bills = Map.groupBy(await standingStore.billsOf(tx, ids, earliest), ({ memberId }) => memberId)
  const follows = people.map(known => ({
    known,
    ...followsFor(
      {
        ...{ memberId: known.memberId, standing: standingOf(known, pauses.get(known.memberId) ?? []) },
        ...{ places: places.get(known.memberId) ?? [], bills: bills.get(known.memberId) ?? [] },
      },
      month,
    ),
  }))
  const months = new Set(follows.flatMap(({ missing }) => missing.map(one => one.month)))
  const changeable = [...bills.values()].flat().filter(bill => mayChange(bill))
  const termsOf = await readTerms(work, ids, [...months.union(new Set(changeable.map(bill => bill.month)))])
  const missing: NewBill[] = []
  let unknown = 0
  for (const { known, missing: months } of follows)
    for (const { month: owed, orgId } of months) {
      const { fixed, partFen, settings } = termsOf(known.memberId, owed)
      const explained = fixed
        ? explainDues({ category: fixed.category, incomeFen: fixed.incomeFen, on: owed }, settings)
        : explainRecord({ ...known, owes: true, owesSince: null }, owed, settings)
      if (!explained) unknown += 1
      else missing.push(billOf({ memberId: known.memberId, orgId, month: owed }, explained, partFen, today))
    }
  const withdraw = follows.flatMap(one => one.withdraw)
  const gone = new Set(withdraw.map(({ id }) => id))
  const rewaived = changeable.flatMap(bill => {
    const waivedFen = waivedOf(bill, termsOf(bill.memberId, bill.month).partFen)
    return gone.has(bill.id) || waivedFen === bill.waivedFen ? [] : [{ id: bill.id, waivedFen }]
  })
  const restore = follows.flatMap(one => one.restore)
  const made = await billStore.insert(work, missing)
  await tellBills(work, [
    ...(await billStore.rewaive(tx, rewaived, today)),
    ...(await billStore.withdraw(tx, withdraw, today)),
    ...(await billStore.restore(tx, restore, today)),
  ])
  return { made, withdrawn: withdraw.length, restored: restore.length, unknown }
}
