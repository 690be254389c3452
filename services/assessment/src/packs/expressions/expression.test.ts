import { describe, expect, test } from '@jest/globals'
import { conditionOf, pointsOf, problemOf } from './expression.ts'
import type { ExpressionUse, Values } from './variables.ts'

const where: ExpressionUse = { for: 'WHERE', factKind: 'ATTENDANCE' }
const when: ExpressionUse = { for: 'WHEN', factKind: 'MEETING_HELD' }
const overScores: ExpressionUse = { for: 'WHEN' }
const points = { for: 'POINTS', factKind: 'ATTENDANCE', each: false } as const
const pointsEach = { for: 'POINTS', factKind: 'ATTENDANCE', each: true } as const
const subject: Values['subject'] = { kind: 'FULL', months: 30, unitKind: null, people: 1 }
const fact = (attributes: Record<string, string | number | boolean>, quantity = 100): Values['fact'] => ({
  ...{ day: '2026-03-05', quantity, attributes },
})

describe('S1-14 expressions read facts and nothing else', () => {
  test.each([
    ["fact.meetingKind == 'CLASS'", { meetingKind: 'CLASS' }, true],
    ["fact.meetingKind == 'CLASS'", { meetingKind: 'THEME_DAY' }, false],
    [
      "fact.meetingKind in ['CLASS', 'THEME_DAY'] && fact.attendance == 'PRESENT'",
      { meetingKind: 'THEME_DAY', attendance: 'PRESENT' },
      true,
    ],
    ["fact.attendance == 'ABSENT' || fact.late", { attendance: 'PRESENT', late: true }, true],
    ['!fact.leftEarly', {}, true],
    ["fact.day >= '2026-03-05'", {}, true],
    ["fact.day >= '2026-03-06'", {}, false],
    ["subject.kind == 'FULL' && subject.months >= 12", {}, true],
    ['subject.months > 30', {}, false],
    ['fact.quantity > 0.99 && fact.quantity <= 1.0', {}, true],
  ])('a condition on facts: %s of %j is %s', (expression, attributes, expected) => {
    expect(conditionOf(expression, { for: 'WHERE', factKind: 'ATTENDANCE' })({ fact: fact(attributes), subject })).toBe(
      expected,
    )
  })

  test.each([
    ['count >= 1', true],
    ['count >= 3', false],
    ['count < total', true],
    ['sum == 2.5', true],
    ['latest == 0.5', true],
    ['period.over && count < period.months', true],
  ])('a condition on a span: %s is %s', (expression, expected) => {
    const evaluate = conditionOf(expression, { for: 'WHEN', factKind: 'MEETING_HELD' })
    const values = { facts: { count: 2, total: 4, sum: 250, latest: 50 }, subject, period: { over: true, months: 3 } }
    expect(evaluate(values)).toBe(expected)
  })

  test('a condition on scores of those below: their mean in points, their number, their share', () => {
    const values = { scores: { count: 8, mean: 8_050, share: 0.8 }, subject, period: { over: false, months: 3 } }
    expect(conditionOf('mean >= 80.5 && count == 8 && share >= 0.8', { for: 'WHEN' })(values)).toBe(true)
    expect(conditionOf('mean > 80.5', { for: 'WHEN' })(values)).toBe(false)
  })

  test.each([
    ['1', 100],
    ['0.5', 50],
    ['1.005', 101],
    ['0.145', 15],
    ['0.1449', 14],
    ['double(count) * 0.5', 150],
    ['count * 2', 600],
    ['min(double(count) * 2.0, 5.0)', 500],
    ['max(count, 7)', 700],
    ['floor(double(count) / 2.0)', 100],
    ['3.0 - 0.5 * double(total)', 50],
    ['2.0 - 0.5 * double(total)', 0],
    ['double(count) / max(double(total), 1.0)', 60],
    ['count >= 3 ? 2.5 : 0.0', 250],
    ['count * 10000 * 10000', 1_000_000],
  ])('points: %s is %i hundredths', (expression, expected) => {
    const facts = { count: 3, total: 5, sum: 300, latest: 100 }
    expect(pointsOf(expression, points)({ facts, subject, period: { over: true, months: 3 } })).toBe(expected)
  })

  test('points for each fact read the fact: two and a half hours at two points each', () => {
    const facts = { count: 1, total: 1, sum: 250, latest: 250 }
    const values = { facts, fact: fact({}, 250), subject, period: { over: true, months: 3 } }
    expect(pointsOf('fact.quantity * 2.0', pointsEach)(values)).toBe(500)
  })

  test('what a fact of before an attribute was told does not say is nothing, and no fault', () => {
    const evaluate = conditionOf("fact.late || fact.attendance == 'PRESENT'", { for: 'WHERE', factKind: 'ATTENDANCE' })
    expect(evaluate({ fact: fact({}), subject })).toBe(false)
  })

  test('numbers are told the same way whichever of them an expression reads', () => {
    const values = { facts: { count: 0, total: 0, sum: 0, latest: 0 }, subject, period: { over: true, months: 1 } }
    expect(pointsOf('double(count) / max(double(total), 1.0)', points)(values)).toBe(0)
  })

  test('for whom a scale is reads the subject', () => {
    const evaluate = conditionOf("subject.kind in ['BRANCH', 'JOINT_BRANCH'] && subject.people >= 3", {
      for: 'SUBJECT',
    })
    expect(evaluate({ subject: { kind: 'BRANCH', months: 0, unitKind: null, people: 3 } })).toBe(true)
    expect(evaluate({ subject: { kind: 'BRANCH', months: 0, unitKind: null, people: 2 } })).toBe(false)
  })
})

describe('S1-14 expressions are checked when they are published', () => {
  const long = `count > 0${' && count > 0'.repeat(40)}`
  test.each([
    ['', when, 'EXPRESSION_UNREADABLE'],
    ['count >', when, 'EXPRESSION_UNREADABLE'],
    ["fact.meetingKind == 'CLASS", where, 'EXPRESSION_UNREADABLE'],
    [long.slice(0, 501), when, 'EXPRESSION_TOO_LARGE'],
    [Array(45).fill('count > 0').join('||'), when, 'EXPRESSION_TOO_LARGE'],
    [`${'('.repeat(17)}count > 0${')'.repeat(17)}`, when, 'EXPRESSION_TOO_LARGE'],
    ['count', when, 'EXPRESSION_TYPE'],
    ['count > 0', points, 'EXPRESSION_TYPE'],
    ["'one'", points, 'EXPRESSION_FORBIDDEN'],
    ['count * 0.5', points, 'EXPRESSION_MIXED'],
    ['count > 0 ? 1 : 0.5', points, 'EXPRESSION_MIXED'],
    ['fact.late', when, 'EXPRESSION_NAME'],
    ['fact.logins > 3', where, 'EXPRESSION_NAME'],
    ['mean > 80.0', when, 'EXPRESSION_NAME'],
    ['total > 0', overScores, 'EXPRESSION_NAME'],
    ['fact.quantity', points, 'EXPRESSION_NAME'],
    ['fact', where, 'EXPRESSION_NAME'],
    ["fact.meetingKind == 'CLAS'", where, 'EXPRESSION_WORD'],
    ["'CLAS' != fact.meetingKind", where, 'EXPRESSION_WORD'],
    ["fact.meetingKind in ['CLASS', 'QUIZ']", where, 'EXPRESSION_WORD'],
    ["fact.day >= '2026-02-30'", where, 'EXPRESSION_WORD'],
    ["subject.kind == 'PARTY'", where, 'EXPRESSION_WORD'],
    ["fact.meetingKind.matches('C.*')", where, 'EXPRESSION_FORBIDDEN'],
    ["fact.meetingKind.contains('C')", where, 'EXPRESSION_FORBIDDEN'],
    ["fact.meetingKind + fact.attendance == 'CLASSPRESENT'", where, 'EXPRESSION_FORBIDDEN'],
    ['double(fact.meetingKind) > 1.0', where, 'EXPRESSION_FORBIDDEN'],
    ['timestamp(fact.day).getDayOfWeek() == 0', where, 'EXPRESSION_FORBIDDEN'],
    ["duration('1h') > duration('1m')", where, 'EXPRESSION_FORBIDDEN'],
    ['[1, 2].exists(n, n == count)', when, 'EXPRESSION_FORBIDDEN'],
    ['has(fact.late)', where, 'EXPRESSION_FORBIDDEN'],
    ['dyn(count) > 0', when, 'EXPRESSION_FORBIDDEN'],
    ["fact['late']", where, 'EXPRESSION_FORBIDDEN'],
    ['int(2.5) > count', when, 'EXPRESSION_FORBIDDEN'],
    ['null == null', when, 'EXPRESSION_FORBIDDEN'],
    ['1u == 1u', when, 'EXPRESSION_FORBIDDEN'],
    ['count in [1, total]', when, 'EXPRESSION_FORBIDDEN'],
    ['count / total > 0', when, 'EXPRESSION_DIVISOR'],
    ['count / 0', points, 'EXPRESSION_DIVISOR'],
    ['count % 0', points, 'EXPRESSION_DIVISOR'],
    ['1.0 / 0.001', points, 'EXPRESSION_DIVISOR'],
    ['double(count) / max(double(total), 0.0)', points, 'EXPRESSION_DIVISOR'],
    ['double(count) / min(double(total), 1.0)', points, 'EXPRESSION_DIVISOR'],
    ['count * count', points, 'EXPRESSION_PRODUCT'],
    ['count * 100 * 100 * 100', points, 'EXPRESSION_PRODUCT'],
    ['10001', points, 'EXPRESSION_NUMBER'],
    ['-10001 < count', when, 'EXPRESSION_NUMBER'],
  ] as [string, ExpressionUse, string][])('%s is refused: %j, %s', (expression, use, code) => {
    const found = problemOf(expression, use)
    expect(found?.code).toBe(code)
    expect(found?.zh).not.toMatch(/\{\w+\}/)
    expect(found?.en).not.toMatch(/\{\w+\}/)
  })

  test.each([
    ['10000', points],
    ['count * 100 * 100', points],
    ['1.0 / 0.01', points],
    [`${'('.repeat(14)}count > 0${')'.repeat(14)}`, when],
    ['count % 2 == 0', when],
    ['true', when],
    ['-1 < count', when],
  ] as [string, ExpressionUse][])('%s is within the bounds', (expression, use) => {
    expect(problemOf(expression, use)).toBeNull()
  })

  test('what does not compile is never evaluated', () => {
    expect(() => conditionOf('count >', { for: 'WHEN', factKind: 'ATTENDANCE' })).toThrow('does not compile')
  })
})
