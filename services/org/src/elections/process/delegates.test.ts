import { describe, expect, test } from '@jest/globals'
import { usualElectionRules } from '@linghang/rulebook'
import { DomainError } from '@linghang/subgraph/errors'
import {
  type Called,
  calling,
  openingOfDelegates,
  requireDelegatesElected,
  requireOfDelegates,
  type Unit,
} from './calling.ts'
import type { ElectionState } from './election.ts'
import { fold, follow } from './election-state.ts'
import type { Fact } from './facts.ts'
import { type Electing, opening } from './opening.ts'
import { summons } from './preparing.ts'
import { stepDates } from './timeline.ts'

const uuid = (n: number) => `00000000-0000-7000-8000-${`${n}`.padStart(12, '0')}`
const today = '2027-01-10'
const committee = uuid(1)
const at: Electing = {
  orgId: committee,
  organisationKind: 'COMMITTEE',
  termEnd: '2027-03-01',
  fullMembers: 600,
  members: 620,
}
const open = (delegates: number | null, over: Partial<Electing> = {}, body: 'CONGRESS' | 'ASSEMBLY' = 'CONGRESS') =>
  opening(
    { ...at, ...over },
    {
      ...{ kind: 'TERM', body, seats: 9, posts: ['SECRETARY'], plannedOn: '2027-02-26', termEnd: '2027-03-01' },
      ...{ reason: null, consentToEqual: false, scattered: true, delegates },
    },
    { today, open: false, rules: usualElectionRules, sitting: { members: 0, posts: [], size: null } },
  )
const congress = (): ElectionState => {
  const facts: Fact[] = [
    open(120),
    { type: 'APPROVAL_REQUESTED', on: today, stage: 'REQUEST', approvalId: uuid(9), round: 1, deciderOrgId: uuid(8) },
    { type: 'APPROVAL_DECIDED', on: today, stage: 'REQUEST', approvalId: uuid(9), round: 1, outcome: 'APPROVED' },
  ]
  return fold(facts)
}
const unit = (n: number, seats: number, superiorIds = [committee]): Unit => ({
  ...{ orgId: uuid(n), seats, electionId: uuid(100 + n), superiorIds },
})
const none: Called = new Map()
const called = (...units: Unit[]) => follow(congress(), calling({ state: congress(), today }, units, none))
const standing = (...of: [number, ElectionState['phase'], string[]?][]): Called =>
  new Map(of.map(([n, phase, elected = []]) => [uuid(100 + n), { phase, elected }]))

function refusal(run: () => unknown): string | null {
  try {
    run()
    return null
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return [error.code, error.params.article].filter(Boolean).join(' ')
  }
}

describe('S0-12 delegates to a congress', () => {
  test.each<[string, () => unknown, string | null]>([
    ['a hundred of 620 members', () => open(100), null],
    ['ninety-nine of 620', () => open(99), 'DELEGATES_NOT_LAWFUL 工作惯例'],
    ['three hundred', () => open(300), null],
    ['three hundred and one', () => open(301), 'DELEGATES_NOT_LAWFUL 工作惯例'],
    ['forty of 499 members who are scattered', () => open(40, { members: 499 }), null],
    ['a congress without delegates', () => open(null), 'DELEGATES_NOT_LAWFUL 工作惯例'],
    ['delegates to an assembly', () => open(100, {}, 'ASSEMBLY'), 'DELEGATES_NOT_LAWFUL 工作惯例'],
    [
      'called before the superior has agreed',
      () => calling({ state: fold([open(120)]), today }, [unit(2, 60)], none),
      'NOT_APPROVED_YET 第二十一条',
    ],
    ['called, all of them', () => called(unit(2, 60), unit(3, 60)), null],
    ['called, one too many', () => called(unit(2, 60), unit(3, 61)), 'TOO_MANY_DELEGATES 工作惯例'],
    [
      'called in two goes, one too many',
      () => calling({ state: called(unit(2, 60)), today }, [unit(3, 61)], standing([2, 'OPEN'])),
      'TOO_MANY_DELEGATES 工作惯例',
    ],
    [
      'called twice',
      () => calling({ state: called(unit(2, 60)), today }, [unit(2, 60)], standing([2, 'OPEN'])),
      'UNIT_CALLED_ALREADY',
    ],
    [
      'called again after it was called off',
      () => calling({ state: called(unit(2, 60)), today }, [unit(2, 120)], standing([2, 'CANCELLED'])),
      null,
    ],
    ['named twice', () => called(unit(2, 1), unit(2, 1)), 'UNIT_NOT_BELOW 第十条'],
    ['not below', () => called(unit(2, 1, [uuid(77)])), 'UNIT_NOT_BELOW 第十条'],
    ['one below another', () => called(unit(2, 1), unit(3, 1, [uuid(2), committee])), 'UNIT_NOT_BELOW 第十条'],
  ])('S0-12 %s', (_, run, refused) => expect(refusal(run)).toBe(refused))

  const branch: Electing = { orgId: uuid(2), organisationKind: 'BRANCH', termEnd: null, fullMembers: 30, members: 30 }
  const wanted = {
    congress: { electionId: uuid(50), orgId: committee },
    seats: 5,
    plannedOn: '2027-02-01',
    congressOn: '2027-02-26',
  }
  const unitOpens = (over: Partial<typeof wanted> = {}, of: Partial<Electing> = {}, underWay = false) =>
    openingOfDelegates(
      { ...branch, ...of },
      { ...wanted, ...over },
      { today, open: underWay, rules: usualElectionRules },
    )
  test.each<[string, () => unknown, string | null]>([
    ['opens at a branch', () => unitOpens(), null],
    [
      'a temporary branch elects none',
      () => unitOpens({}, { organisationKind: 'TEMPORARY_BRANCH' }),
      'OFFICERS_ARE_APPOINTED 第八条',
    ],
    ['as many as there are members', () => unitOpens({ seats: 30 }), null],
    ['more than there are', () => unitOpens({ seats: 31 }), 'SEATS_NOT_LAWFUL 工作惯例'],
    ['none', () => unitOpens({ seats: 0 }), 'SEATS_NOT_LAWFUL 工作惯例'],
    ['on the day of the congress', () => unitOpens({ plannedOn: '2027-02-26' }), null],
    ['after the congress', () => unitOpens({ plannedOn: '2027-02-27' }), 'ELECTION_DAYS_OUT_OF_ORDER'],
    ['while another is under way', () => unitOpens({}, {}, true), 'ELECTION_OPEN_ALREADY'],
  ])('S0-12 %s', (_, run, refused) => expect(refusal(run)).toBe(refused))

  test('S0-12 its steps ask for no consent to hold it and no public notice', () => {
    expect(stepDates(fold([unitOpens()])).map(({ step }) => step)).toEqual([
      ...['NOMINATION', 'RECOMMENDATION', 'CONSULTATION', 'CANDIDATES_REQUEST', 'CANDIDATES_REPLY', 'SUMMONS'],
      ...['PREPARATION', 'ASSEMBLY', 'REPORT', 'RESULT_REPLY'],
    ])
    const agreed = fold([
      unitOpens(),
      {
        type: 'APPROVAL_REQUESTED',
        on: today,
        stage: 'CANDIDATES',
        approvalId: uuid(9),
        round: 1,
        deciderOrgId: committee,
      },
      { type: 'APPROVAL_DECIDED', on: today, stage: 'CANDIDATES', approvalId: uuid(9), round: 1, outcome: 'APPROVED' },
    ])
    expect(refusal(() => summons({ state: agreed, today }, { on: today, assemblyOn: '2027-02-01' }))).toBe(null)
  })

  test.each<[string, Called, string | null]>([
    ['all elected and examined', standing([2, 'DONE', ['a']], [3, 'DONE', ['b']]), null],
    ['one still electing', standing([2, 'DONE', ['a']], [3, 'OPEN']), 'DELEGATES_NOT_ELECTED 第十条'],
    ['one called off', standing([2, 'DONE', ['a']], [3, 'CANCELLED']), 'DELEGATES_NOT_ELECTED 第十条'],
  ])('S0-12 the congress is summoned: %s', (_, how, refused) =>
    expect(refusal(() => requireDelegatesElected(called(unit(2, 60), unit(3, 60)), how))).toBe(refused),
  )

  test.each<[string, string[], string | null]>([
    ['its delegates', ['a', 'b'], null],
    ['one missing', ['a'], 'DELEGATES_DIFFER 第十条'],
    ['somebody else', ['a', 'b', 'c'], 'DELEGATES_DIFFER 第十条'],
  ])('S0-12 the congress is of %s', (_, people, refused) => {
    const how = standing([2, 'DONE', ['a']], [3, 'DONE', ['b']])
    const meeting = { id: uuid(70), people: new Set(people) }
    expect(refusal(() => requireOfDelegates(called(unit(2, 60), unit(3, 60)), how, meeting))).toBe(refused)
  })
})
