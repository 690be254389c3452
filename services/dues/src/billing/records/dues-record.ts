import type { MemberState } from '@linghang/events'
import { type DuesCategory, duesCategoryOf, takesIncome } from '@linghang/rulebook'

export type DuesRecord = {
  memberId: string
  orgId: string
  category: DuesCategory | null
  baseFen: bigint | null
  owes: boolean
  /** The assembly that admitted, from which day dues are owed; null for whoever owes none, or where no roster says. */
  owesSince: string | null
  complete: boolean
}

/** Who is paid by the month or the year is paid something: a base of 0 is a blank that was filled in. */
const earning: ReadonlySet<string> = new Set(['MONTHLY_SALARY', 'ANNUAL_SALARY'])

/** Dues are owed from the day the assembly admits, so by probationary and full members (党费规定 2008, art. 8). */
export const owesDues = (kind: MemberState['kind'], leftOn: string | null): boolean =>
  leftOn === null && (kind === 'PROBATIONARY' || kind === 'FULL')

/** Whether somebody's dues can be worked out: the category is known and, where it takes an income, so is the base. */
export const isComplete = (category: DuesCategory | null, baseFen: bigint | null): boolean =>
  category !== null && (!takesIncome(category) || (baseFen !== null && (baseFen > 0n || !earning.has(category))))

/** The record that follows from a person's entry in the register. */
export function recordOf(member: MemberState): DuesRecord & { kind: string; closedOn: string | null; version: number } {
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
    version: member.version,
  }
}
