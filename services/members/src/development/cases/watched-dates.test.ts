import { describe, expect, test } from '@jest/globals'
import type { CaseDeadline, StepKey } from '@linghang/rulebook'
import type { CaseState } from './case.ts'
import { watchedDates } from './watched-dates.ts'

const date = (rule: CaseDeadline['rule']): CaseDeadline => ({
  ...{ rule, dueOn: '2027-03-10', nature: 'LATEST', at: 'BRANCH' },
  ...{ article: '第二十六条', source: '细则', certainty: 'SECONDARY' },
})
type State = NonNullable<CaseState['approval']>['state']
const handedIn = (step: StepKey, state: State): NonNullable<CaseState['approval']> => ({
  ...{ id: 'a', step, state, round: 1, requestedOn: '2027-01-01', deciderOrgId: 'o', decidedOn: null },
})

describe('S0-38 of what a case’s own offices are reminded', () => {
  test.each<[string, CaseState['approval'], string[]]>([
    ['before it is handed in', null, ['ADMISSION_APPROVAL', 'OATH']],
    ['while the committee decides', handedIn('ADMISSION_APPROVAL', 'OPEN'), ['OATH']],
    ['once it was returned', handedIn('ADMISSION_APPROVAL', 'RETURNED'), ['ADMISSION_APPROVAL', 'OATH']],
    ['while another step is decided', handedIn('CANDIDATE_FILING', 'OPEN'), ['ADMISSION_APPROVAL', 'OATH']],
  ])('S0-38 %s', (_, approval, rules) => {
    expect(watchedDates({ approval }, [date('ADMISSION_APPROVAL'), date('OATH')]).map(({ rule }) => rule)).toEqual(
      rules,
    )
  })
})
