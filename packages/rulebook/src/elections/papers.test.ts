import { describe, expect, test } from '@jest/globals'
import { bySurnameStrokes, spread } from './ballot-order.ts'
import {
  type ElectionOfPapers,
  electionPapers,
  paperNumber,
  paperParties,
  paperRuleOf,
  papersFor,
  paperTitle,
} from './papers.ts'

const term: ElectionOfPapers = {
  ...{ kind: 'TERM', assemblyOn: '2027-03-01', termEnd: '2027-03-15', seats: 3, posts: 1, groups: 2 },
}
const numbers = (over: Partial<ElectionOfPapers> = {}) => papersFor({ ...term, ...over }).map(({ n }) => n)
const all = Array.from({ length: 37 }, (_, i) => i + 1)
const without = (...left: number[]) => all.filter(n => !left.includes(n))

describe('S0-10 the 37 papers of an election', () => {
  test('S0-10 there are 37, each with a title, somebody who drafts it and somebody whom it goes to', () => {
    expect(electionPapers.map(paperNumber)).toEqual(all)
    for (const name of electionPapers) {
      const { title, draftedBy, signedBy, goesTo } = paperRuleOf(name)
      expect([name, title.length > 3, goesTo.length > 0]).toEqual([name, true, true])
      for (const party of [draftedBy, ...signedBy, ...goesTo]) expect(paperParties).toContain(party)
    }
    expect(new Set(electionPapers.map(name => paperRuleOf(name).title)).size).toBe(37)
  })

  test('S0-10 what the superior drafts bears its seal, and what goes to it the own one or the secretary’s name', () => {
    for (const name of electionPapers) {
      const { draftedBy, sealOf, signedBy } = paperRuleOf(name)
      if (draftedBy === 'SUPERIOR') expect([name, sealOf, signedBy]).toEqual([name, 'SUPERIOR', []])
    }
  })

  test.each<[string, Partial<ElectionOfPapers>, number[]]>([
    ['at the end of the term', {}, without(4, 5, 6, 7, 8)],
    ['late', { kind: 'LATE' }, without(6, 7, 8)],
    ['early', { kind: 'EARLY' }, without(6, 7, 8)],
    ['of a branch without a committee', { seats: 0, groups: 0 }, without(2, 4, 5, 7, 8, 10, 12, 22, 28, 33, 34)],
    ['of a seat', { kind: 'BY_ELECTION', seats: 1, posts: 0 }, without(1, 2, 3, 4, 5, 6, 21, 22, 23, 29, 33, 34)],
    ['of a seat and the secretary', { kind: 'BY_ELECTION', seats: 1 }, without(1, 2, 3, 4, 5, 6, 21, 22, 23)],
    ['of a seat more', { kind: 'CO_OPTION', seats: 1, posts: 0 }, without(1, 2, 3, 4, 5, 6, 21, 22, 23, 29, 33, 34)],
    [
      'of the secretary alone',
      { kind: 'BY_ELECTION', seats: 0 },
      without(1, 2, 3, 4, 5, 6, 12, 21, 22, 23, 28, 33, 34),
    ],
    ['with one group', { groups: 1 }, without(4, 5, 6, 7, 8)],
    ['without groups', { groups: 0 }, without(4, 5, 6, 7, 8, 10)],
  ])('S0-12 an election %s needs', (_, over, wanted) => {
    expect(numbers(over)).toEqual(wanted)
  })

  test('S0-12 on the days of a county where it has its own', () => {
    const on = (days: ElectionOfPapers['days']) =>
      papersFor({ ...term, days }).find(({ name }) => name === 'WORK_PLAN')?.dueOn
    expect([on({}), on({ PLAN: -90 })]).toEqual(['2026-12-31', '2026-12-01'])
  })

  const due = (name: string, over: Partial<ElectionOfPapers> = {}) =>
    papersFor({ ...term, ...over }).find(one => one.name === name)
  test.each([
    ['WORK_PLAN', 'PLAN', '2026-12-31'],
    ['ASSEMBLY_REQUEST', 'REQUEST', '2027-01-15'],
    ['GROUP_RECOMMENDATION', 'NOMINATION', '2027-01-27'],
    ['RECOMMENDATION_SUMMARY', 'RECOMMENDATION', '2027-01-30'],
    ['CANDIDATES_REPLY', 'CANDIDATES_REPLY', '2027-02-14'],
    ['CANDIDATES_NOTICE', 'ANNOUNCEMENT', '2027-02-19'],
    ['COMMITTEE_BALLOT', 'ASSEMBLY', '2027-03-01'],
    ['RESULT_REQUEST', 'REPORT', '2027-03-04'],
    ['FILE_INDEX', 'RESULT_REPLY', '2027-03-31'],
  ])('S0-12 %s belongs to %s and is due on %s', (name, step, dueOn) => {
    expect(due(name)).toMatchObject({ step, dueOn })
  })

  test.each([
    // T - 45 and T - 40 of 2027-06-01, and the term with its 30 days.
    ['long after the term', '2027-03-15', '2027-03-15', '2027-04-14'],
    ['a day before T - 45', '2027-04-16', '2027-04-16', '2027-04-22'],
    ['on T - 45', '2027-04-17', '2027-04-17', '2027-04-22'],
    ['a day after T - 45', '2027-04-18', '2027-04-17', '2027-04-22'],
    ['30 days before T - 40', '2027-03-23', '2027-03-23', '2027-04-22'],
    ['31 days before T - 40', '2027-03-22', '2027-03-22', '2027-04-21'],
  ])('S0-12 a later day is asked for before the term ends: the term ends %s', (_, termEnd, asked, answered) => {
    const late = { kind: 'LATE', assemblyOn: '2027-06-01', termEnd } as const
    expect([due('CHANGED_DAY_REQUEST', late)?.dueOn, due('CHANGED_DAY_REPLY', late)?.dueOn]).toEqual([asked, answered])
    expect(due('ASSEMBLY_REQUEST', late)?.dueOn).toBe('2027-04-17')
  })

  test.each([
    ['CHANGED_DAY_REQUEST', 'LATE', 'ASSEMBLY', '关于延期换届选举的请示'],
    ['CHANGED_DAY_REQUEST', 'EARLY', 'ASSEMBLY', '关于提前换届选举的请示'],
    ['CHANGED_DAY_REPLY', 'EARLY', 'ASSEMBLY', '关于提前换届选举的批复'],
    ['VACANCY_REQUEST', 'BY_ELECTION', 'ASSEMBLY', '关于补选委员的请示'],
    ['VACANCY_REQUEST', 'CO_OPTION', 'ASSEMBLY', '关于增补委员的请示'],
    ['AGENDA', 'TERM', 'ASSEMBLY', '党员大会议程'],
    ['PLENARY_AGENDA', 'TERM', 'ASSEMBLY', '新一届委员会第一次会议议程与主持词'],
    ['PLENARY_AGENDA', 'BY_ELECTION', 'ASSEMBLY', '委员会会议议程与主持词'],
    ['PLENARY_RESULT', 'CO_OPTION', 'ASSEMBLY', '委员会会议选举结果报告单'],
    ['AGENDA', 'TERM', 'CONGRESS', '党员代表大会议程'],
  ] as const)('S0-12 %s of %s by %s is called %s', (name, kind, body, title) => {
    expect(paperTitle(name, { kind, body })).toBe(title)
  })
})

describe('S0-12 names on a ballot', () => {
  const order = (...names: string[]) => bySurnameStrokes(names, name => name)
  test('S0-12 stand by the strokes of their surnames, and not by their sound', () => {
    expect(order('赵一', '丁二', '王三', '马四', '安五', '魏六')).toEqual([
      ...['丁二', '马四', '王三', '安五', '赵一', '魏六'],
    ])
  })

  test('S0-12 of the same surname by what follows; the shorter name first; who has none comes last', () => {
    expect(order('王鑫', '', '王一', '王一鸣')).toEqual(['王一', '王一鸣', '王鑫', ''])
    expect(order('', ' ')).toEqual(['', ' '])
  })

  test.each([
    ['王明', '王　明'],
    ['王小明', '王小明'],
    ['欧阳文静', '欧阳文静'],
    ['王', '王'],
    ['ab', 'ab'],
  ])('S0-12 %s is printed as %s', (name, printed) => {
    expect(spread(name)).toBe(printed)
  })
})
