import { expect, test } from '@jest/globals'
import { textOf } from '@linghang/documents'
import type { Read, Report } from './report.ts'
import { reportDocument } from './report-document.ts'

const indicator = (key: string, title: string) => ({ key, title, kind: 'BASE', cap: 5, remedy: 'ATTEND' })
const scale = {
  groups: [
    { key: 'LIFE', title: '组织生活' },
    { key: 'DUTY', title: '党员义务' },
  ],
  indicators: [indicator('CAME', '参加主题党日'), indicator('PAID', '按期交纳党费')],
  lights: [{ key: 'ABSENT', title: '两个月未参加组织生活' }],
}
const report = (more: Partial<Report> = {}) => ({
  ...{ subjectType: 'MEMBER', month: '2026-10-01', packKey: 'p', packVersion: 3, scale: 'M', score: 8050 },
  ...{ periodFrom: '2026-10-01', periodUntil: '2026-12-31', totals: { CAME: 200, PAID: 500 } },
  groups: [{ key: 'LIFE', points: 200, counted: 150 }],
  lights: [{ key: 'ABSENT', colour: 'RED', since: '2026-10-09' }],
  ...more,
})
const average = (subjects: number) => ({
  ...{ subjects, score: 8100, groups: { LIFE: 175 }, totals: { CAME: 300 } },
})
const printed = (more: object = {}) =>
  textOf(
    reportDocument(
      {
        ...{ report: report(), document: { title: '季度考核办法' }, scale, before: null, average: null, ...more },
      } as unknown as Read,
      '甲社区党支部',
    ),
  )

test('S1-9 a monthly report on paper says the score, what it is read against, the weak points and what helps', () => {
  const before = report({ score: 7900, groups: [{ key: 'LIFE', points: 100, counted: 125 }] })
  const text = printed({ before, average: average(5) })
  for (const part of [
    ...['甲社区党支部', '党员月度报告', '月份：2026年10月', '季度考核办法（第 3 号决定）', '得分：80.5 分'],
    ...['上月：79 分', '全县同类平均：81 分（共 5 个）', '亮灯：两个月未参加组织生活（自 2026-10-09 起）'],
    ...['组织生活\n1.5\n1.25\n1.75', '党员义务\n0\n—\n—', '参加主题党日\n2\n3\n参加下一次组织生活'],
  ])
    expect(text).toContain(part)
  expect(text).not.toContain('按期交纳党费')
})

test('B8 of fewer than five no average is printed, and nothing is compared with a month by other rules', () => {
  const text = printed({ average: average(4) })
  expect(text).toContain('全县同类平均：不足五个，不作比较。')
  expect(text).toContain('上月：没有可比的得分。')
  expect(text).toContain('组织生活\n1.5\n—\n—')
  expect(text).not.toContain('81 分')
})

test('S1-9 a branch’s own is called so, and one without a weak point says that there is none', () => {
  const text = printed({ report: report({ subjectType: 'ORGANISATION', totals: { CAME: 500, PAID: 500 } }) })
  expect(text).toContain('月度报告')
  expect(text).not.toContain('党员月度报告')
  expect(text).toContain('没有低于同类平均（无平均时为该项上限）的指标。')
})
