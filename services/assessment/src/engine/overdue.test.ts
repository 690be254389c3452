import { describe, expect, test } from '@jest/globals'
import { ask, factOf, indicator, packWith, planFor, subject } from './examples.ts'
import { score } from './score.ts'

describe('S0-19 what was to be done by a day', () => {
  const late = indicator({
    ...{ key: 'LATE', kind: 'MINUS', per: 'FACT', absence: 'COUNTS', points: '1' },
    reads: { kind: 'FOLLOW_UP', where: 'fact.outcome == "OPEN" || fact.outcome == "LATE"' },
  })
  const branch = { ...subject, type: 'ORGANISATION', id: subject.orgId, is: 'BRANCH', kind: 'BRANCH' } as const
  const open = factOf(
    ...(['FOLLOW_UP', '2026-03-10'] as const),
    { matter: 'REMARK_ANSWER', outcome: 'OPEN', daysLate: 0 },
    { subjectType: 'ORGANISATION', subjectId: branch.id },
  )
  const pack = packWith({ key: 'BRANCH', subject: 'BRANCH', indicators: [late] })

  test.each([
    ['2026-03-09', []],
    ['2026-03-10', []],
    ['2026-03-11', ['PROPOSED']],
    ['2026-07-01', ['PROPOSED']],
  ])('S0-19 S0-30 due on 10 March and not done is, on %s, %j', (asOf, states) => {
    const sheet = score(planFor(pack), ask({ subject: branch, asOf, facts: [open] }))
    expect(sheet?.lines.map(({ state }) => state)).toEqual(states)
  })
})
