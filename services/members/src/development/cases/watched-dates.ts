import { type CaseDeadline, type DeadlineRule, termRuleOf } from '@linghang/rulebook'
import type { CaseState } from './case.ts'

type Asked = Pick<CaseState, 'approval'>

/** The rule of the term that is another office's to keep, since the step was handed in to it; null while there is none. */
export const termHandedIn = ({ approval }: Asked): DeadlineRule | null =>
  approval?.state === 'OPEN' ? termRuleOf(approval.step) : null

/**
 * The dates of which a case's own offices are reminded: the branch's, or the committee's while a step of its own is open.
 * The term of a step that was handed in is watched as its request's; told here too, one date would be reminded of twice.
 */
export const watchedDates = (state: Asked, dates: readonly CaseDeadline[]): CaseDeadline[] => {
  const handedIn = termHandedIn(state)
  return dates.filter(({ rule }) => rule !== handedIn)
}
