import {
  addMonths,
  type DuesCategory,
  type DuesExplanation,
  type DuesStanding,
  lessWaived,
  type NotOwed,
  notOwedIn,
  owedMonths,
} from '@linghang/rulebook'
import type { DuesPlace } from '../records/dues-record.ts'

/** What a member owes for a month: worked out once, and what was waived and paid of it since. */
export type Bill = {
  id: string
  memberId: string
  orgId: string
  month: string
  category: DuesCategory
  baseFen: bigint | null
  dueFen: bigint
  waivedFen: bigint
  paidFen: bigint
  settledOn: string | null
  withdrawn: NotOwed | null
}
export type NewBill = Omit<Bill, 'id' | 'paidFen' | 'withdrawn'>

export const openFen = ({ dueFen, waivedFen, paidFen }: Pick<Bill, 'dueFen' | 'waivedFen' | 'paidFen'>): bigint =>
  dueFen - waivedFen - paidFen

/** How a bill stands; what was withdrawn stays so, whatever was paid of it. */
export function stateOf(bill: Bill): 'OPEN' | 'PART' | 'SETTLED' | 'WAIVED' | 'WITHDRAWN' {
  if (bill.withdrawn !== null) return 'WITHDRAWN'
  if (openFen(bill) === 0n) return bill.dueFen > 0n && bill.waivedFen === bill.dueFen ? 'WAIVED' : 'SETTLED'
  return bill.paidFen > 0n ? 'PART' : 'OPEN'
}

/** More months at once than this are not billed: what lies longer back is a matter for people (补交一般不超过 6 个月). */
export const mostMonthsBack = 24

/** Where somebody's dues go, and since when that organisation has an account; none before it or without one. */
export type Place = DuesPlace & { accountSince: string | null; isTemporary: boolean }

/** To whom the dues of a month go; null while there is no account, and for a temporary branch, which takes none (支部工作条例, art. 9). */
export function placeIn(places: readonly Place[], month: string): Place | null {
  const place = places.findLast(({ fromMonth }) => fromMonth <= month)
  return place && !place.isTemporary && place.accountSince !== null && place.accountSince <= month ? place : null
}

export type Person = {
  memberId: string
  standing: DuesStanding
  /** In the order of their months. */
  places: readonly Place[]
  bills: readonly Pick<Bill, 'id' | 'month' | 'withdrawn'>[]
}
export type Follows = {
  /** Months for which a bill is missing. */
  missing: { month: string; orgId: string }[]
  /** Bills that are not owed any more, and those that are owed again. */
  withdraw: { id: string; why: NotOwed }[]
  restore: { id: string }[]
}

/** What has to change so that there is a bill for each month that somebody owes up to and with one, and for no other. */
export function followsFor({ standing, places, bills }: Person, through: string): Follows {
  const there = new Map(bills.map(bill => [bill.month, bill]))
  const missing = owedMonths(standing, addMonths(through, -mostMonthsBack + 1), through).flatMap(month => {
    const place = there.has(month) ? null : placeIn(places, month)
    return place ? [{ month, orgId: place.orgId }] : []
  })
  const judged = bills.map(bill => ({ ...bill, not: notOwedIn(standing, bill.month)?.why ?? null }))
  return {
    missing,
    withdraw: judged.flatMap(({ id, withdrawn, not }) =>
      not !== null && withdrawn === null ? [{ id, why: not }] : [],
    ),
    restore: judged.flatMap(({ id, withdrawn, not }) => (not === null && withdrawn !== null ? [{ id }] : [])),
  }
}

/** Whether what is waived of it may still change: something is open, or was waived, and it is owed. */
export const mayChange = ({
  settledOn,
  waivedFen,
  withdrawn,
}: Pick<Bill, 'settledOn' | 'waivedFen' | 'withdrawn'>): boolean =>
  withdrawn === null && (settledOn === null || waivedFen > 0n)

/** How much of a bill a waiver takes off: what was paid already is not given back. @param partFen null for all of it */
export function waivedOf({ dueFen, paidFen }: Pick<Bill, 'dueFen' | 'paidFen'>, partFen: bigint | null): bigint {
  const waived = dueFen - lessWaived(dueFen, partFen)
  return waived > dueFen - paidFen ? dueFen - paidFen : waived
}

/** @param partFen what is waived of that month; null for all of it */
export function billOf(
  { memberId, orgId, month }: Pick<Bill, 'memberId' | 'orgId' | 'month'>,
  { category, baseFen, dueFen }: DuesExplanation,
  partFen: bigint | null,
  today: string,
): NewBill {
  const waivedFen = waivedOf({ dueFen, paidFen: 0n }, partFen)
  const settledOn = waivedFen === dueFen ? today : null
  return { memberId, orgId, month, category, baseFen, dueFen, waivedFen, settledOn }
}
