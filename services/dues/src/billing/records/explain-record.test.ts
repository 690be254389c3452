import { expect, test } from '@jest/globals'
import { usualDuesSettings } from '@linghang/rulebook'
import type { DuesRecord } from './dues-record.ts'
import { explainRecord } from './explain-record.ts'

const record: DuesRecord = {
  ...{ memberId: 'm', orgId: 'o', category: 'MONTHLY_SALARY', baseFen: 500_000n },
  ...{ owes: true, owesSince: '2026-03-20', complete: true, paidThrough: null },
}
const dueOf = (more: Partial<DuesRecord>, on = '2026-04-01') =>
  explainRecord({ ...record, ...more }, on, usualDuesSettings)?.dueFen ?? null

test.each([
  ['a complete record', {}, '2026-04-01', 5_000n],
  ['the month of the assembly', {}, '2026-03-01', 5_000n],
  ['the month before the assembly', {}, '2026-02-28', null],
  ['a member whose assembly no roster names', { owesSince: null }, '2020-01-01', 5_000n],
  ['whoever owes none', { owes: false }, '2026-04-01', null],
  ['a record that lacks something', { complete: false, baseFen: null }, '2026-04-01', null],
  ['one without a category', { complete: false, category: null }, '2026-04-01', null],
  [
    'a base that is an average of three months',
    { category: 'NO_FIXED_SALARY', baseFen: 400_000n },
    '2026-04-01',
    4_000n,
  ],
  ['a student', { category: 'STUDENT', baseFen: null }, '2026-04-01', 20n],
] as const)('1.4/8 of %s is owed what follows', (_, more: Partial<DuesRecord>, on, wanted) => {
  expect(dueOf(more, on)).toBe(wanted)
})
