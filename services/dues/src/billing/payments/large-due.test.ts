import { expect, test } from '@jest/globals'
import { afterOf, type LargeState, type LargeStep, mayTake, standingOf } from './large-due.ts'

const step = (n: number, kind: LargeState, nextOrgId: string | null = null): LargeStep => ({
  ...{ n, kind, atOrgId: `org${n}`, keeperId: `keeper${n}`, fundId: `fund${n}`, nextOrgId, journalId: null },
  ...{ countsOn: '2026-11-29', reason: null, takenAt: new Date(0) },
})

test.each([
  [[], []],
  [['RECEIVED'], [1]],
  [['RECEIVED', 'TAKEN_BACK'], []],
  [
    ['RECEIVED', 'PASSED_UP', 'HANDED_OVER'],
    [1, 2, 3],
  ],
  [['RECEIVED', 'PASSED_UP', 'TAKEN_BACK', 'TAKEN_BACK'], []],
  [
    ['RECEIVED', 'PASSED_UP', 'TAKEN_BACK', 'PASSED_UP'],
    [1, 4],
  ],
] as [LargeState[], number[]][])('S0-23 of the steps %j these stand: %j', (kinds, standing) => {
  expect(standingOf(kinds.map((kind, i) => step(i + 1, kind))).map(({ n }) => n)).toEqual(standing)
})

test('S0-23 it stands where its last step left it, and nowhere once its first was taken back', () => {
  const before = { holderOrgId: 'a', keeperId: 'k', fundId: 'f' }
  expect(afterOf(step(2, 'PASSED_UP', 'root'), before)).toEqual({
    ...{ state: 'PASSED_UP', holderOrgId: 'org2', keeperId: 'keeper2', fundId: 'fund2', nextOrgId: 'root' },
  })
  expect(afterOf(undefined, before)).toEqual({ ...before, state: 'TAKEN_BACK', nextOrgId: null })
})

test.each([
  ['RECEIVED', null, ['PASSED_UP']],
  ['PASSED_UP', 'root', ['RECEIVED']],
  ['PASSED_UP', null, ['HANDED_OVER']],
  ['HANDED_OVER', null, []],
  ['TAKEN_BACK', null, []],
] as [LargeState, string | null, LargeState[]][])(
  'S0-23 from %s towards %s comes next: %j',
  (state, nextOrgId, next) => {
    const kinds: LargeState[] = ['RECEIVED', 'PASSED_UP', 'HANDED_OVER', 'TAKEN_BACK']
    expect(kinds.filter(kind => mayTake({ state, nextOrgId }, kind))).toEqual(next)
  },
)
