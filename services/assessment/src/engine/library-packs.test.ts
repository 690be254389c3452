import { describe, expect, test } from '@jest/globals'
import type { Fact, FactKind } from '../facts/fact.ts'
import { libraryPack } from '../packs/library/library.ts'
import type { Below } from './asked.ts'
import { ask, factOf, subject } from './examples.ts'
import { planOf } from './plan.ts'
import { score } from './score.ts'

const branch = { ...subject, type: 'ORGANISATION', id: subject.orgId, is: 'BRANCH', kind: 'BRANCH' } as const
const above = { ...branch, is: 'ABOVE', kind: 'COMMITTEE' } as const
const subjects = { MEMBER: subject, BRANCH: branch, ABOVE: above }
const nobody: Below = { scores: [], of: 0, lit: {} }

type Said = [kind: FactKind, day: string, attributes: Fact['attributes'], quantity?: number]
const came = (meetingKind: string, day: string, more: Fact['attributes'] = {}): Said => [
  ...(['ATTENDANCE', day] as const),
  { meetingKind, attendance: 'PRESENT', late: false, leftEarly: false, madeUp: false, ...more },
]
const dues = (day: string, state = 'SETTLED', inTime = true): Said => ['DUES_MONTH', day, { state, inTime }]
const held = (meetingKind: string, day: string, more: Fact['attributes'] = {}): Said => [
  ...(['MEETING_HELD', day] as const),
  { meetingKind, due: 10, present: 9, resolutions: 1, ...more },
]
const duty = (kind: FactKind, outcome: string, more: Fact['attributes'] = {}, day = '2026-02-10'): Said => [
  ...([kind, day] as const),
  { ...more, outcome, daysLate: 0 },
]

/** What the sheet of a whole year's last period says of an indicator, in points. */
function pointsIn(
  key: string,
  scale: keyof typeof subjects,
  indicator: string,
  said: readonly Said[],
  scores: number[],
) {
  const document = libraryPack(key)
  if (!document) throw new Error(`there is no pack ${key}`)
  const period = { MONTH: '2026-03-01', QUARTER: '2026-01-01', HALF_YEAR: '2026-01-01', YEAR: '2026-01-01' }
  const until = { MONTH: '2026-03-31', QUARTER: '2026-03-31', HALF_YEAR: '2026-06-30', YEAR: '2026-12-31' }
  const plan = planOf({ key, version: 1, document }, { from: period[document.period], until: until[document.period] })
  const own = { subjectType: subjects[scale].type, subjectId: subjects[scale].id }
  const facts = said
    .map(([kind, day, attributes, quantity = 100]) => factOf(kind, day, attributes, { ...own, quantity }))
    .sort((a, b) => a.day.localeCompare(b.day))
  const below = { ...nobody, scores: scores.map(points => points * 100), of: scores.length }
  const sheet = score(plan, {
    ...ask({ subject: subjects[scale], facts, factsOfMembers: facts, asOf: '2027-01-01' }),
    ...{ members: below, below },
  })
  const lines = sheet?.lines.filter(line => line.indicator === indicator) ?? []
  // What is proposed is not taken before a person has confirmed it (R8).
  return lines.reduce((sum, { state, counted, points }) => sum + (state === 'PROPOSED' ? points : counted), 0) / 100
}

describe('S0-20 what the pack of the organ committee gives', () => {
  test.each<[string, string, Said[], number]>([
    [
      'a ledger of a hundred is seventy points',
      'LEDGER',
      [['LEDGER_REVIEW', '2026-03-01', { list: 'WHITE' }, 10_000]],
      70,
    ],
    ['a ledger of sixty is forty-two', 'LEDGER', [['LEDGER_REVIEW', '2026-03-01', { list: 'BLACK' }, 6000]], 42],
    ['what was not drawn keeps its score', 'LEDGER', [['LEDGER_REVIEW', '2025-12-20', { list: 'WHITE' }, 9000]], 63],
    [
      'each month with a committee meeting three',
      'COMMITTEE',
      [held('BRANCH_COMMITTEE', '2026-01-09'), held('BRANCH_COMMITTEE', '2026-03-31')],
      6,
    ],
    ['a theme day in time nothing', 'THEME_DAY', [duty('THEME_DAY_DUTY', 'IN_TIME')], 0],
    ['a theme day late half a point', 'THEME_DAY', [duty('THEME_DAY_DUTY', 'LATE')], -0.5],
    ['a theme day not held half a point', 'THEME_DAY', [duty('THEME_DAY_DUTY', 'OPEN')], -0.5],
    ['a theme day excused nothing', 'THEME_DAY', [duty('THEME_DAY_DUTY', 'EXCUSED')], 0],
    ['an election left undone five', 'ELECTION', [duty('TERM_ELECTION', 'OPEN')], -5],
    ['featured work of a city six', 'FEATURED', [['FEATURED_WORK', '2026-02-01', { level: 'CITY' }]], 6],
    [
      'honours of its people by level',
      'HONOURS',
      [
        ['HONOUR', '2026-02-01', { level: 'UNIT' }],
        ['HONOUR', '2026-02-02', { level: 'COUNTY' }],
      ],
      6,
    ],
  ])('S0-17 S0-18 S0-20 %s', (_, indicator, said, points) => {
    expect(pointsIn('s0-quarterly', 'BRANCH', indicator, said, [])).toBe(points)
  })

  test('S0-32 业务绩效 is shown and not counted', () => {
    const business: Said = ['BUSINESS_RESULT', '2026-03-01', {}, 8800]
    expect(pointsIn('s0-quarterly', 'BRANCH', 'BUSINESS', [business], [])).toBe(88)
    expect(pointsIn('s0-quarterly', 'ABOVE', 'MEAN', [], [80, 91])).toBe(85.5)
  })
})

describe('S1-4 S1-14 what the pack of the district gives', () => {
  test.each<[string, string, Said[], number]>([
    ['dues of a month paid in full, one', 'M01', [dues('2026-03-01')], 1],
    ['dues paid in part, nothing', 'M01', [dues('2026-03-01', 'PART')], 0],
    [
      'each assembly, committee or group meeting, one',
      'M04',
      [
        came('BRANCH_ASSEMBLY', '2026-03-02'),
        came('BRANCH_COMMITTEE', '2026-03-03'),
        came('GROUP_MEETING', '2026-03-04'),
      ],
      3,
    ],
    [
      'a meeting missed and made up counts',
      'M04',
      [came('GROUP_MEETING', '2026-03-04', { attendance: 'ABSENT', madeUp: true })],
      1,
    ],
    [
      'a meeting missed without leave, two less',
      'M11',
      [came('GROUP_MEETING', '2026-03-04', { attendance: 'ABSENT' })],
      -2,
    ],
    ['with leave nothing less', 'M11', [came('GROUP_MEETING', '2026-03-04', { attendance: 'LEAVE' })], 0],
    [
      'an hour and a half of service, one and a half',
      'M41',
      [['SERVICE', '2026-03-07', { matter: 'VOLUNTEERING' }, 150]],
      1.5,
    ],
    ['a model post, two', 'M42', [['MODEL_POST', '2026-03-07', { level: 'UNIT' }]], 2],
  ])('S1-4 %s', (_, indicator, said, points) => {
    expect(pointsIn('s1-monthly', 'MEMBER', indicator, said, [])).toBe(points)
  })

  test.each<[string, string, Said[], number]>([
    ['no assembly in a quarter, two less', 'B09', [], -2],
    ['an assembly in it, nothing less', 'B09', [held('BRANCH_ASSEMBLY', '2026-02-01')], 0],
    ['a class that nine of ten came to, half', 'B13', [held('CLASS', '2026-02-01')], 0.5],
    ['a class that eight of ten came to, nothing', 'B13', [held('CLASS', '2026-02-01', { present: 8 })], 0],
    [
      'no secretary, one less',
      'B01',
      [duty('STRUCTURE_FINDING', 'OPEN', { finding: 'SECRETARY_VACANT' }, '2026-03-03')],
      -1,
    ],
    [
      'a talk with an applicant late, one less',
      'B20',
      [duty('DEVELOPMENT_STEP', 'LATE', { step: 'APPLICANT_TALK' }, '2026-03-03')],
      -1,
    ],
  ])('S1-14 %s', (_, indicator, said, points) => {
    expect(pointsIn('s1-monthly', 'BRANCH', indicator, said, [])).toBe(points)
  })
})

describe('S2-15 what the pack of health gives', () => {
  test.each<[string, string, Said[], number]>([
    [
      'half of organisational life, half of twenty',
      'ORG_LIFE',
      [came('CLASS', '2026-01-05'), came('CLASS', '2026-02-05', { attendance: 'ABSENT' })],
      10,
    ],
    ['the leader’s view of eighty, sixteen', 'LEADER', [['HEALTH_VIEW', '2026-02-05', { matter: 'LEADER' }, 8000]], 16],
  ])('S2-15 %s', (_, indicator, said, points) => {
    expect(pointsIn('s2-health', 'MEMBER', indicator, said, [])).toBe(points)
  })
})

describe('S3-24 S3-25 what the pack of base and dedication gives', () => {
  const months = Array.from({ length: 12 }, (_, i) => `2026-${String(i + 1).padStart(2, '0')}-05`)

  test('S3-25 twelve theme days are sixty points, and what is paid in time a point a month', () => {
    const days = months.map(day => came('THEME_DAY', day))
    expect(pointsIn('s3-yearly', 'MEMBER', 'THEME_DAY', days, [])).toBe(60)
    expect(
      pointsIn(
        's3-yearly',
        'MEMBER',
        'DUES',
        months.map(day => dues(day)),
        [],
      ),
    ).toBe(12)
    expect(
      pointsIn(
        's3-yearly',
        'MEMBER',
        'DUES',
        months.map(day => dues(day, 'SETTLED', false)),
        [],
      ),
    ).toBe(0)
  })

  test('S3-24 twelve committee meetings are thirty-six points, and each step of development late is one of eight', () => {
    expect(
      pointsIn(
        's3-yearly',
        'BRANCH',
        'COMMITTEE',
        months.map(day => held('BRANCH_COMMITTEE', day)),
        [],
      ),
    ).toBe(36)
    const late = (times: number) =>
      months.slice(0, times).map(day => duty('DEVELOPMENT_STEP', 'LATE', { step: 'OATH' }, day))
    expect(pointsIn('s3-yearly', 'BRANCH', 'DEVELOPMENT', late(3), [])).toBe(5)
    expect(pointsIn('s3-yearly', 'BRANCH', 'DEVELOPMENT', late(9), [])).toBe(0)
    expect(pointsIn('s3-yearly', 'BRANCH', 'MEMBERS', [], [60, 90])).toBe(15)
  })
})

describe('S4-5 S4-6 S4-7 what the pack of plan, supervision and award gives', () => {
  const check = (matter: string, day: string, result = 'MET'): Said => ['STANDARD_CHECK', day, { matter, result }]

  test.each<[string, 'ABOVE' | 'BRANCH' | 'MEMBER', string, Said[], number]>([
    ['S4-5 a plan at the year’s beginning, three', 'ABOVE', 'PLAN', [check('YEAR_PLAN', '2026-01-20')], 3],
    [
      'S4-5 two quarters supervised, two',
      'ABOVE',
      'SUPERVISION',
      [check('QUARTER_SUPERVISION', '2026-03-20'), check('QUARTER_SUPERVISION', '2026-06-20')],
      2,
    ],
    [
      'S4-6 what supervision found, one less',
      'BRANCH',
      'SUPERVISED',
      [check('QUARTER_SUPERVISION', '2026-03-20', 'NOT_MET')],
      -1,
    ],
    [
      'S4-7 three awards come to ten',
      'MEMBER',
      'AWARD',
      ['03', '04', '05'].map((month): Said => ['HONOUR', `2026-${month}-01`, { level: 'UNIT' }]),
      10,
    ],
  ])('%s', (_, scale, indicator, said, points) => {
    expect(pointsIn('s4-year-plan', scale, indicator, said, [])).toBe(points)
  })
})
