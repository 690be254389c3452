import { describe, expect, test } from '@jest/globals'
import { type DuesStanding, firstOwedMonth, notOwedIn, owedMonths } from './owed-months.ts'

const standing: DuesStanding = {
  ...{ owesSince: '2026-03-20', knownOn: '2024-07-01', paidThrough: null, leftOn: null, pauses: [] },
}
const why = (more: Partial<DuesStanding>, on: string) => notOwedIn({ ...standing, ...more }, on)?.why ?? 'OWED'
const old = { owesSince: '1998-07-01', knownOn: '2026-05-12' }
const suspended = (from: string, until: string | null) => ({
  pauses: [{ kind: 'MEMBERSHIP_SUSPENDED' as const, from, until }],
})
const abroad = (from: string, until: string | null) => ({ pauses: [{ kind: 'ABROAD' as const, from, until }] })
const atInflow = (from: string, until: string | null) => ({
  pauses: [{ kind: 'PAID_AT_INFLOW' as const, from, until }],
})

describe('1.4 for which months dues are owed', () => {
  test.each([
    ['art. 8: the month before the assembly', {}, '2026-02-28', 'BEFORE_ADMISSION'],
    ['art. 8: the month of the assembly, from its first day', {}, '2026-03-01', 'OWED'],
    ['whoever came as a member: the month in which they came', old, '2026-05-31', 'PAID_ELSEWHERE'],
    ['whoever came as a member: the next', old, '2026-06-01', 'OWED'],
    ['of an assembly that no roster names: the month', { ...old, owesSince: null }, '2026-05-12', 'PAID_ELSEWHERE'],
    ['of an assembly that no roster names: the next', { ...old, owesSince: null }, '2026-06-12', 'OWED'],
    ['a letter that says 党费交至 April: April', { ...old, paidThrough: '2026-04-01' }, '2026-04-30', 'PAID_ELSEWHERE'],
    ['a letter that says 党费交至 April: May', { ...old, paidThrough: '2026-04-01' }, '2026-05-01', 'OWED'],
    ['a letter of before the assembly', { paidThrough: '2026-01-01' }, '2026-02-01', 'BEFORE_ADMISSION'],
    ['death: its month', { leftOn: '2026-08-02' }, '2026-08-31', 'OWED'],
    ['death: the next', { leftOn: '2026-08-31' }, '2026-09-01', 'LEFT'],
    ['停止党籍: its month', suspended('2026-05-31', null), '2026-05-31', 'OWED'],
    ['停止党籍: the next', suspended('2026-05-31', null), '2026-06-01', 'MEMBERSHIP_SUSPENDED'],
    [
      '停止党籍: the month before it ended',
      suspended('2026-05-31', '2026-09-30'),
      '2026-08-31',
      'MEMBERSHIP_SUSPENDED',
    ],
    ['停止党籍: the month in which it ended', suspended('2026-05-31', '2026-09-30'), '2026-09-01', 'OWED'],
    ['art. 9, 持证流动: the month of leaving', atInflow('2026-05-03', null), '2026-05-31', 'OWED'],
    ['art. 9, 持证流动: the next', atInflow('2026-05-03', null), '2026-06-01', 'PAID_AT_INFLOW'],
    [
      'art. 9, 持证流动: after the return, not to be paid for',
      atInflow('2026-05-03', '2026-09-01'),
      '2026-08-31',
      'PAID_AT_INFLOW',
    ],
    ['art. 9, 持证流动: the month of the return', atInflow('2026-05-03', '2026-09-30'), '2026-09-01', 'OWED'],
    ['abroad: the month of leaving', abroad('2026-05-03', null), '2026-05-31', 'OWED'],
    ['abroad: while it lasts', abroad('2026-05-03', null), '2026-06-01', 'ABROAD'],
    ['abroad: after the return, to be paid for', abroad('2026-05-03', '2026-09-01'), '2026-06-01', 'OWED'],
  ])('1.4 %s', (_, more: Partial<DuesStanding>, on, wanted) => {
    expect(why(more, on)).toBe(wanted)
  })

  test('1.4 art. 8: an approval that comes in June has the months since the assembly charged, and no more', () => {
    expect(owedMonths(standing, '2026-01-01', '2026-06-30')).toEqual(
      ['03', '04', '05', '06'].map(month => `2026-${month}-01`),
    )
    expect(owedMonths(standing, '2026-05-15', '2026-05-15')).toEqual(['2026-05-01'])
    expect(owedMonths(standing, '2025-01-01', '2026-02-28')).toEqual([])
  })

  test('1.4 whoever is suspended in between owes what lies around it', () => {
    const months = owedMonths({ ...standing, ...suspended('2026-04-10', '2026-07-05') }, '2026-01-01', '2026-08-01')
    expect(months).toEqual(['03', '04', '07', '08'].map(month => `2026-${month}-01`))
  })

  test('1.4 the first month stands by the later of admission and what was paid elsewhere', () => {
    expect(firstOwedMonth(standing)).toEqual({ month: '2026-03-01', why: 'BEFORE_ADMISSION' })
    expect(firstOwedMonth({ ...standing, paidThrough: '2026-03-31' })).toEqual({
      ...{ month: '2026-04-01', why: 'PAID_ELSEWHERE' },
    })
  })
})
