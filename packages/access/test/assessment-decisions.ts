import { shanghaiDay } from '@linghang/access'
import { addDays, addMonths, monthOf } from '@linghang/rulebook'
import { type Attempt, attemptsBy } from './attempt.ts'

/** A pack that would be published, were it the actor's to publish. */
const document = JSON.stringify({
  ...{ format: 1, key: 'own', title: '私定办法', summary: '私定', period: 'MONTH' },
  scales: [
    {
      ...{ key: 'BRANCH', title: '支部', subject: 'BRANCH', groups: [{ key: 'ALL', title: '全部' }] },
      indicators: [
        {
          ...{ key: 'PEOPLE', title: '平均分', group: 'ALL', kind: 'BASE', per: 'PERIOD', points: 'mean' },
          ...{ absence: 'NOT_KNOWN', reads: { scores: 'MEMBERS' } },
          basis: { certainty: 'COUNTY', source: '私定', article: '' },
        },
      ],
    },
  ],
})

/** What a county's administrators alone decide of scoring (R2). */
export function assessmentDecisions(): Attempt[] {
  const today = shanghaiDay(new Date())
  const decided = { title: '私定', number: '1', organ: '私定', decidedOn: addDays(today, -1) }
  const effectiveFrom = addMonths(monthOf(today), 1)
  return attemptsBy({
    publishPack: { ...decided, document, effectiveFrom },
    endScoring: { ...decided, effectiveFrom },
    publishScores: { on: addMonths(monthOf(today), -1) },
    startDryRun: { document },
  })
}
