import { type AppealDays, commonAppealDays, longestAppealDays } from '@linghang/rulebook'
import { fail } from './errors.ts'

/** In how many working days appeals are heard and answered, and from when; null where the county has decided nothing. */
export type AppealSettings = AppealDays & { effectiveFrom: string | null; basis: string | null }

export const undecided: AppealSettings = { ...commonAppealDays, effectiveFrom: null, basis: null }

/** What holds on a day: the newest that has begun by then. @param decided oldest first */
export const heldOn = (decided: readonly AppealSettings[], day: string): AppealSettings =>
  decided.findLast(({ effectiveFrom }) => effectiveFrom !== null && effectiveFrom <= day) ?? undecided

/** Nobody waits longer than the texts would let a complaint wait, and nobody is answered before they were heard. @throws DomainError BAD_INPUT */
export function requireDays({ hearDays, answerDays }: AppealDays): void {
  const most = longestAppealDays.workingDays
  const within = (field: string, found: number, last: number): void => {
    if (Number.isInteger(found) && found >= 1 && found <= last) return
    fail('BAD_INPUT', { field, found, wanted: `1 to ${last} working days`, wantedZh: `1 至 ${last} 个工作日` })
  }
  within('answerDays', answerDays, most)
  within('hearDays', hearDays, answerDays)
}
