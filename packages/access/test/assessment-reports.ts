import { shanghaiDay } from '@linghang/access'
import { addDays } from '@linghang/rulebook'

/** What a county's administrators alone decide of monthly reports (R2). */
export function assessmentReports() {
  const today = shanghaiDay(new Date())
  const decided = { title: '私定', number: '1', organ: '私定', decidedOn: addDays(today, -1) }
  return [
    {
      ...{ field: 'decideMonthlyReports', type: 'DecideMonthlyReportsInput' },
      input: { ...decided, isOn: true, effectiveFrom: addDays(today, 3) },
    },
  ]
}
