import { shanghaiDay } from '@linghang/access'
import { addDays } from '@linghang/rulebook'
import { type Attempt, attemptsBy } from './attempt.ts'

/** What a county's administrators alone decide of monthly reports (R2). */
export function assessmentReports(): Attempt[] {
  const today = shanghaiDay(new Date())
  const decided = { title: '私定', number: '1', organ: '私定', decidedOn: addDays(today, -1) }
  return attemptsBy({ decideMonthlyReports: { ...decided, isOn: true, effectiveFrom: addDays(today, 3) } })
}
