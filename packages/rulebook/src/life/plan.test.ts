import { describe, expect, test } from '@jest/globals'
import { isWorkingDay } from '../working-days.ts'
import { makePlan, type PlanFacts } from './plan.ts'
import type { PlanMatter } from './plan-topics.ts'

const citation = { article: '第二十条', source: '《中国共产党发展党员工作细则》', certainty: 'VERIFIED' } as const
const memberId = '0190a000-0000-7000-8000-000000000001'
const facts = (more: Partial<PlanFacts> = {}): PlanFacts => ({
  ...{ organisationKind: 'BRANCH', body: { hasCommittee: true, groups: 2 }, themeDay: 15, themes: [], matters: [] },
  ...{ period: { from: '2026-01-01', until: '2026-12-31' }, termEnd: null, today: '2026-01-01', ...more },
})
const counts = (plan: ReturnType<typeof makePlan>) =>
  Object.fromEntries([...Map.groupBy(plan, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]))

describe('S0-11 a plan has what the regulation asks for, by kind of organisation', () => {
  test.each([
    [
      ...['BRANCH', { hasCommittee: true, groups: 2 }],
      {
        ...{ BRANCH_COMMITTEE: 12, BRANCH_ASSEMBLY: 4, GROUP_MEETING: 12, CLASS: 4, THEME_DAY: 12 },
        ...{ CRITICISM_MEETING: 1, APPRAISAL_MEETING: 1 },
      },
    ],
    [
      ...['JOINT_BRANCH', { hasCommittee: false, groups: 0 }],
      { BRANCH_ASSEMBLY: 4, CLASS: 4, THEME_DAY: 12, CRITICISM_MEETING: 1, APPRAISAL_MEETING: 1 },
    ],
    ['TEMPORARY_BRANCH', { hasCommittee: false, groups: 0 }, { THEME_DAY: 12 }],
    ['GENERAL_BRANCH', { hasCommittee: true, groups: 0 }, { COMMITTEE: 12, CLASS: 1 }],
    ['COUNTY_COMMITTEE', { hasCommittee: true, groups: 0 }, {}],
  ] as const)('%s %j', (organisationKind, body, wanted) => {
    expect(counts(makePlan(facts({ organisationKind, body })))).toEqual(wanted)
  })

  test('each on a day that offices work, in its own time, the committee and the groups ahead of the theme day', () => {
    const plan = makePlan(facts())
    for (const { on, window } of plan) {
      expect([on, isWorkingDay(on)]).toEqual([on, true])
      expect(on >= window.from && on <= window.until).toBe(true)
    }
    // 2026-02-15 to 23 is the Spring Festival with 14 February worked in exchange.
    const february = plan.filter(({ on }) => on.startsWith('2026-02'))
    expect(february.map(({ kind, on }) => [kind, on])).toEqual([
      ['BRANCH_COMMITTEE', '2026-02-14'],
      ['GROUP_MEETING', '2026-02-14'],
      ['BRANCH_ASSEMBLY', '2026-02-24'],
      ['THEME_DAY', '2026-02-24'],
    ])
  })

  test.each([
    ['2026-03-01', '2026-03-31', 0],
    ['2026-02-01', '2026-02-28', 1],
    ['2026-01-01', '2026-03-31', 1],
  ])('a plan from %s to %s has %i assemblies', (from, until, wanted) => {
    expect(counts(makePlan(facts({ period: { from, until } }))).BRANCH_ASSEMBLY ?? 0).toBe(wanted)
  })

  test('nothing is planned for days that are past, and what is still in time comes on the next working day', () => {
    const plan = makePlan(facts({ today: '2026-06-20' }))
    expect(plan.every(({ on }) => on >= '2026-06-22')).toBe(true)
    // The theme day of June would have been the 15th: Monday the 22nd is still June.
    expect(plan.filter(({ kind }) => kind === 'THEME_DAY').map(({ on }) => on)[0]).toBe('2026-06-22')
  })
})

const matter = (rule: PlanMatter['rule'], dueOn: string): PlanMatter => ({ rule, dueOn, memberId, citation })
const meetingsOn = (plan: ReturnType<typeof makePlan>, text: string) =>
  plan.flatMap(({ kind, on, regular, topics }) =>
    topics.some(topic => topic.text.startsWith(text)) ? [[kind, on, regular]] : [],
  )

describe('S0-11 what has to be decided stands on the agenda of a meeting that comes in time', () => {
  // Assemblies of 2026 are on 24 February, 15 May, 17 August and 16 November.
  test.each([
    ['2026-05-15', 'BRANCH_ASSEMBLY', '2026-05-15', true],
    ['2026-05-14', 'BRANCH_ASSEMBLY', '2026-02-24', true],
    ['2026-02-23', 'BRANCH_ASSEMBLY', '2026-02-14', false],
  ])('an admission by %s: %s on %s', (dueOn, ...wanted) => {
    const plan = makePlan(facts({ matters: [matter('ADMISSION_ASSEMBLY', dueOn)] }))
    expect(meetingsOn(plan, '讨论接收预备党员')).toEqual([wanted])
  })

  test.each([
    ['2026-05-15', '2026-05-15', true],
    ['2026-04-14', '2026-05-15', true],
    ['2026-04-13', '2026-04-13', false],
  ])('a probation that ends on %s is decided on %s', (dueOn, on, isRegular) => {
    const plan = makePlan(facts({ matters: [matter('PROBATION_ENDS', dueOn)] }))
    expect(meetingsOn(plan, '讨论预备党员转正')).toEqual([['BRANCH_ASSEMBLY', on, isRegular]])
  })

  test.each([
    [true, 'BRANCH_COMMITTEE'],
    [false, 'BRANCH_ASSEMBLY'],
  ])('what a committee decides is the assembly’s where there is none (committee: %s)', (hasCommittee, kind) => {
    const plan = makePlan(
      facts({ body: { hasCommittee, groups: 0 }, matters: [matter('HALF_YEARLY_REVIEW', '2026-06-30')] }),
    )
    expect(meetingsOn(plan, '入党积极分子半年考察').map(([of]) => of)).toEqual([kind])
  })

  test('a date that is past already gets a meeting of its own on the next working day', () => {
    const plan = makePlan(facts({ today: '2026-03-07', matters: [matter('ADMISSION_ASSEMBLY', '2026-03-01')] }))
    expect(meetingsOn(plan, '讨论接收预备党员')).toEqual([['BRANCH_ASSEMBLY', '2026-03-09', false]])
  })

  test('dates that take no meeting of the branch make none', () => {
    const plan = makePlan(
      facts({ matters: [matter('ADMISSION_APPROVAL', '2026-06-30'), matter('OATH', '2026-06-30')] }),
    )
    expect(plan.flatMap(({ topics }) => topics).filter(({ why }) => why === 'DEVELOPMENT')).toEqual([])
  })

  test.each([
    ['2026-05-15', [['BRANCH_ASSEMBLY', '2026-05-15', true]]],
    ['2026-06-15', [['BRANCH_ASSEMBLY', '2026-05-15', true]]],
    ['2026-06-16', [['BRANCH_ASSEMBLY', '2026-06-16', false]]],
    ['2027-03-01', []],
  ])('a term that ends on %s has its election at %j', (termEnd, wanted) => {
    expect(meetingsOn(makePlan(facts({ termEnd })), '换届选举').filter(([kind]) => kind === 'BRANCH_ASSEMBLY')).toEqual(
      wanted,
    )
  })

  test('a temporary branch elects and develops nobody', () => {
    const plan = makePlan(
      facts({
        ...{ organisationKind: 'TEMPORARY_BRANCH', termEnd: '2026-06-30' },
        matters: [matter('ADMISSION_ASSEMBLY', '2026-06-30')],
      }),
    )
    expect(plan.flatMap(({ topics }) => topics).filter(({ why }) => why !== 'DUES')).toEqual([])
  })
})

test('S0-11 what the superior asks for stands on the theme days and classes of its time, or on what it names', () => {
  const period = { from: '2026-03-01', until: '2026-03-31' }
  const themes = [
    { kind: null, period, text: '学习贯彻全会精神', basis: '县委组织部〔2026〕3号' },
    { kind: 'BRANCH_COMMITTEE' as const, period, text: '研究结对共建', basis: '县委组织部〔2026〕4号' },
  ]
  const plan = makePlan(facts({ themes }))
  expect(meetingsOn(plan, '学习贯彻').map(([kind, on]) => [kind, on])).toEqual([['THEME_DAY', '2026-03-16']])
  expect(meetingsOn(plan, '研究结对共建').map(([kind]) => kind)).toEqual(['BRANCH_COMMITTEE'])
})
