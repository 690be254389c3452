import type { MemberState } from '@linghang/events'
import { addMonths, type DuesCategory, duesCategoryOf, monthOf, takesIncome } from '@linghang/rulebook'

export type DuesRecord = {
  memberId: string
  orgId: string
  category: DuesCategory | null
  baseFen: bigint | null
  owes: boolean
  /** The assembly that admitted, from which day dues are owed; null for whoever owes none, or where no roster says. */
  owesSince: string | null
  complete: boolean
  /** Up to and with which month dues were paid elsewhere; the service's own, not the register's. */
  paidThrough: string | null
}

/** To which organisation somebody's dues go from a month on. */
export type DuesPlace = { memberId: string; fromMonth: string; orgId: string }
/** Before all months: where somebody is found first. */
const everMonth = '0001-01-01'

/** Whoever moves pays at the old organisation up to and with the month in which they do, as the letter has it. @param on the day of the move */
export const placeOf = (
  { memberId, orgId, orgBefore }: { memberId: string; orgId: string; orgBefore: string | null },
  on: string,
): DuesPlace | null =>
  orgBefore === orgId
    ? null
    : { memberId, orgId, fromMonth: orgBefore === null ? everMonth : addMonths(monthOf(on), 1) }

/** Who is paid by the month or the year is paid something: a base of 0 is a blank that was filled in. */
const earning: ReadonlySet<string> = new Set(['MONTHLY_SALARY', 'ANNUAL_SALARY'])

/** Dues are owed from the day the assembly admits, so by probationary and full members (党费规定 2008, art. 8). */
export const owesDues = (kind: MemberState['kind'], leftOn: string | null): boolean =>
  leftOn === null && (kind === 'PROBATIONARY' || kind === 'FULL')

/** Whether somebody's dues can be worked out: the category is known and, where it takes an income, so is the base. */
export const isComplete = (category: DuesCategory | null, baseFen: bigint | null): boolean =>
  category !== null && (!takesIncome(category) || (baseFen !== null && (baseFen > 0n || !earning.has(category))))

/** The record that follows from a person's entry in the register. */
export function recordOf(
  member: MemberState,
): Omit<DuesRecord, 'paidThrough'> & { kind: string; closedOn: string | null; knownOn: string; version: number } {
  const category = duesCategoryOf(member.duesCategory)
  const baseFen = member.duesBaseFen === null ? null : BigInt(member.duesBaseFen)
  return {
    memberId: member.id,
    orgId: member.orgId,
    kind: member.kind,
    category,
    baseFen,
    owes: owesDues(member.kind, member.leftOn),
    owesSince: owesDues(member.kind, null) ? member.joinedOn : null,
    complete: isComplete(category, baseFen),
    closedOn: member.leftOn,
    knownOn: member.knownOn,
    version: member.version,
  }
}
