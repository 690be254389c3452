import { describe, expect, test } from '@jest/globals'
import { changedFrom, type Dates, kindOn, type Stay } from './stay.ts'

const dates: Dates = {
  ...{ kind: 'FULL', appliedOn: '2020-01-10', activistSince: '2020-08-01', candidateSince: '2021-09-01' },
  ...{ joinedOn: '2022-03-01', fullMemberSince: '2023-03-01', leftOn: null },
}
const stay = (changes: Partial<Stay> = {}): Stay => ({
  ...{ memberId: 'm', version: 1, orgId: 'a', day: '2026-05-01', ...dates, ...changes },
})

describe('S0-21 what somebody was on a day', () => {
  test.each([
    ['2020-01-09', null],
    ['2020-01-10', 'APPLICANT'],
    ['2020-07-31', 'APPLICANT'],
    ['2020-08-01', 'ACTIVIST'],
    ['2021-09-01', 'CANDIDATE'],
    ['2022-02-28', 'CANDIDATE'],
    ['2022-03-01', 'PROBATIONARY'],
    ['2023-02-28', 'PROBATIONARY'],
    ['2023-03-01', 'FULL'],
  ])('S0-21 on %s: %s', (day, kind) => {
    expect(kindOn(dates, day)?.kind ?? null).toBe(kind)
  })

  test('S0-21 whoever left is nothing from that day on; whose days nobody has said is what they are', () => {
    expect(kindOn({ ...dates, leftOn: '2026-01-05' }, '2026-01-04')?.kind).toBe('FULL')
    expect(kindOn({ ...dates, leftOn: '2026-01-05' }, '2026-01-05')).toBeNull()
    expect(kindOn({ ...dates, joinedOn: null, fullMemberSince: null }, '2021-01-01')).toEqual({
      ...{ kind: 'FULL', since: null },
    })
    expect(kindOn({ ...dates, fullMemberSince: null }, '2023-02-28')).toEqual({
      ...{ kind: 'PROBATIONARY', since: '2022-03-01' },
    })
    expect(kindOn({ ...dates, fullMemberSince: null }, '2023-03-01')).toEqual({ kind: 'FULL', since: '2023-03-01' })
  })
})

describe('S0-21 from which day on somebody stands differently', () => {
  test('S0-21 what says nothing new touches nobody', () => {
    expect(changedFrom(stay(), stay({ version: 2, day: '2026-06-01' }))).toBeNull()
    expect(changedFrom(stay(), stay({ version: 2, day: '2026-05-01' }))).toBeNull()
  })
  test.each<[string, Partial<Stay>, string]>([
    ['a move, from the day on which it was told', { orgId: 'b' }, '2026-06-01'],
    ['a day that was wrong, from the earlier of both', { fullMemberSince: '2023-04-01' }, '2023-03-01'],
    ['whoever left, from that day', { leftOn: '2026-05-20' }, '2026-05-20'],
    ['what was told on an earlier day than the one before it', { day: '2026-04-30' }, '2026-04-30'],
  ])('S0-21 %s', (_, changes, from) => {
    expect(changedFrom(stay(), stay({ version: 2, day: '2026-06-01', ...changes }))).toBe(from)
  })
  test('S0-21 whoever is told of first, from the earliest day that is said', () => {
    expect(changedFrom(null, stay())).toBe('2020-01-10')
  })
})
