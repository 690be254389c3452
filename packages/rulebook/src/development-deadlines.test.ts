import { describe, expect, test } from '@jest/globals'
import { type DevelopmentFacts, developmentDeadlines } from './development-deadlines.ts'
import { developmentRuleSets, ruleSetOn } from './development-rules.ts'
import { termDeadlines } from './term-deadlines.ts'

const nobody: DevelopmentFacts = {
  ...{ kind: 'APPLICANT', appliedOn: null, activistSince: null, candidateSince: null, joinedOn: null },
  ...{ talkHeldOn: null, lastReviewOn: null, knownOn: '2026-11-22' },
}

type Case = [facts: Partial<DevelopmentFacts>, dates: string[]]

describe.each(developmentRuleSets)('1.1 statutory dates under the rules of $version', rules => {
  const due = (facts: Partial<DevelopmentFacts>) =>
    developmentDeadlines({ ...nobody, ...facts }, rules).map(({ rule, dueOn, nature }) => `${rule} ${nature} ${dueOn}`)

  test.each<Case>([
    [{ appliedOn: '2026-11-01' }, ['2026-12-01']],
    [{ appliedOn: '2026-01-31' }, ['2026-02-28']],
    [{ appliedOn: '2028-01-31' }, ['2028-02-29']],
    [{ appliedOn: '2026-01-29' }, ['2026-02-28']],
    [{ appliedOn: '2026-11-01', talkHeldOn: '2026-11-20' }, []],
    [{ appliedOn: null }, []],
  ])('1.1/2 wants a talk within a month of the application: %p', (facts, dates) => {
    expect(due(facts)).toEqual(dates.map(date => `APPLICANT_TALK LATEST ${date}`))
  })

  test.each<Case>([
    [{ activistSince: '2025-06-01' }, ['2026-06-01']],
    [{ activistSince: '2024-02-29' }, ['2025-02-28']],
    [{ activistSince: '2023-02-28' }, ['2024-02-28']],
    [{ activistSince: null }, []],
  ])('1.1/7 lets an activist become a candidate after a full year: %p', (facts, dates) => {
    const found = due({ ...facts, kind: 'ACTIVIST' }).filter(text => text.startsWith('ACTIVIST'))
    expect(found).toEqual(dates.map(date => `ACTIVIST_ONE_YEAR EARLIEST ${date}`))
  })

  test.each<Case>([
    [{ activistSince: '2026-11-22' }, ['2027-05-22']],
    [{ activistSince: '2026-08-31' }, ['2027-02-28']],
    [{ activistSince: '2025-08-31', knownOn: '2026-08-31' }, ['2026-08-31']],
    [{ activistSince: '2025-08-31', knownOn: '2026-03-01' }, ['2026-08-31']],
    [{ activistSince: '2025-05-22', knownOn: '2026-11-22' }, ['2026-11-22']],
    [{ activistSince: '2025-05-21', knownOn: '2026-11-22' }, ['2027-05-21']],
    [{ activistSince: '2020-05-21', knownOn: '2026-11-22' }, ['2027-05-21']],
    [{ activistSince: '2025-06-01', lastReviewOn: '2025-12-01' }, ['2026-06-01']],
    [{ activistSince: '2025-06-01', lastReviewOn: '2025-11-01' }, ['2026-06-01']],
    [{ activistSince: '2025-06-01', lastReviewOn: '2025-10-31' }, ['2025-12-01']],
    [{ activistSince: '2025-06-01', lastReviewOn: '2026-01-10' }, ['2026-06-01']],
    [{ activistSince: null }, []],
  ])('1.1/6 wants a review every half-year: %p', (facts, dates) => {
    const wanted = dates.map(date => `HALF_YEARLY_REVIEW LATEST ${date}`)
    expect(due({ ...facts, kind: 'ACTIVIST' }).filter(text => text.startsWith('HALF'))).toEqual(wanted)
    expect(due({ ...facts, kind: 'CANDIDATE', candidateSince: '2026-11-20' })).toEqual(wanted)
  })

  test.each<Case>([
    [{ joinedOn: '2026-03-15' }, ['2027-03-15']],
    [{ joinedOn: '2024-02-29' }, ['2025-02-28']],
    [{ joinedOn: '2026-03-15', probationExtendedTo: '2027-09-15' }, ['2027-09-15']],
    [{ joinedOn: '2026-03-15', probationExtendedTo: null }, ['2027-03-15']],
    [{ joinedOn: null }, []],
  ])('1.1/22 ends probation a year after the assembly: %p', (facts, dates) => {
    expect(due({ ...facts, kind: 'PROBATIONARY' })).toEqual(dates.map(date => `PROBATION_ENDS LATEST ${date}`))
  })

  test('1.1 has nothing more to watch for a full member', () => {
    expect(due({ kind: 'FULL', joinedOn: '2020-01-01', activistSince: '2018-01-01', appliedOn: '2017-01-01' })).toEqual(
      [],
    )
  })

  test('1.1 cites article, source and certainty, and addresses the secretary', () => {
    const [deadline] = developmentDeadlines({ ...nobody, appliedOn: '2026-11-01' }, rules)
    expect(deadline).toMatchObject({ article: '第七条', office: { role: 'SECRETARY', at: 'OWN' } })
    expect(deadline!.source).toContain(rules.version)
    expect(deadline!.certainty).toBe(rules.version === '2026' ? 'SECONDARY' : 'VERIFIED')
  })
})

test.each([
  ['2010-01-01', '2014'],
  ['2014-05-28', '2014'],
  ['2026-05-17', '2014'],
  ['2026-05-18', '2026'],
  ['2026-11-22', '2026'],
])('1.7 does a step of %p under the rules of %p', (date, version) => {
  expect(ruleSetOn(date).version).toBe(version)
})

test('1.3 takes the end of a term as the last day for an election', () => {
  expect(termDeadlines({ termEnd: '2027-05-21' })).toMatchObject([
    { rule: 'TERM_ENDS', dueOn: '2027-05-21', nature: 'LATEST', article: '第三条', certainty: 'VERIFIED' },
  ])
  expect(termDeadlines({ termEnd: null })).toEqual([])
})
