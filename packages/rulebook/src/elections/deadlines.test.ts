import { describe, expect, test } from '@jest/globals'
import { electionDates } from './deadlines.ts'
import { timelineTo } from './timeline.ts'

describe('S0-38 what is due of an election', () => {
  const steps = (done: (step: string) => boolean) =>
    timelineTo('2027-03-01').map(one => ({ ...one, done: done(one.step) }))
  const told = (dates: ReturnType<typeof electionDates>) =>
    dates.map(({ rule, dueOn, orgId }) => `${rule} ${dueOn} ${orgId}`)

  test('S0-38 each step that is not done, at the office that sees to it', () => {
    expect(
      told(
        electionDates(
          steps(() => false),
          'branch',
          'above',
        ),
      ),
    ).toEqual([
      'ELECTION_REQUEST 2027-01-15 branch',
      'ELECTION_REPLY 2027-01-20 above',
      'ELECTION_RECOMMENDATION 2027-01-30 branch',
      'ELECTION_CANDIDATES 2027-02-04 branch',
      'ELECTION_CANDIDATES_REPLY 2027-02-14 above',
      'ELECTION_ANNOUNCEMENT 2027-02-19 branch',
      'ELECTION_SUMMONS 2027-02-22 branch',
      'ELECTION_ASSEMBLY 2027-03-01 branch',
      'ELECTION_REPORT 2027-03-04 branch',
      'ELECTION_RESULT_REPLY 2027-03-31 above',
    ])
  })

  test('S0-38 nothing that is done, and what a superior would do its own where nobody is above', () => {
    const left = steps(step => step !== 'RESULT_REPLY')
    expect(told(electionDates(left, 'branch', null))).toEqual(['ELECTION_RESULT_REPLY 2027-03-31 branch'])
    expect(
      electionDates(
        steps(() => true),
        'branch',
        'above',
      ),
    ).toEqual([])
  })

  test('S0-38 a day that practice has set is said to be one', () => {
    const [date] = electionDates(
      steps(() => false),
      'branch',
      'above',
    )
    expect(date).toMatchObject({ source: '工作惯例', certainty: 'RECALLED', nature: 'LATEST' })
  })
})
