import { describe, expect, test } from '@jest/globals'
import { afterCorrection, isOwn, toldState } from './spending.ts'

describe('S0-16 how a request is told', () => {
  test.each([
    ['APPROVED', '2026-06-30', null, 'APPROVED'],
    ['APPROVED', '2026-06-29', null, 'LAPSED'],
    ['APPROVED', '2026-06-30', 'LAPSED', 'LAPSED'],
    ['SETTLED', '2026-06-29', 'SETTLED', 'SETTLED'],
    ['DRAFT', null, null, 'DRAFT'],
  ] as const)('S0-16 %s, held until %s, ended %s: %s on 30 June', (state, lapsesOn, endedHow, told) => {
    expect(toldState(state, { lapsesOn, endedHow }, '2026-06-30')).toBe(told)
  })

  test.each([
    ['DRAFT', null, false, null],
    ['RETURNED', null, false, null],
    ['CANCELLED', null, false, null],
    ['LAPSED', null, false, null],
    ['SUBMITTED', null, true, null],
    ['SUBMITTED', null, false, 'RETURNED'],
    ['APPROVED', null, true, null],
    ['APPROVED', null, false, 'RETURNED'],
    ['SETTLED', null, true, null],
    ['SETTLED', null, false, 'BASIS_LOST'],
    ['SETTLED', '2026-06-30', false, null],
    ['SETTLED', '2026-06-30', true, 'BASIS_RESTORED'],
  ] as const)('S0-16 %s, without a basis since %s, carried %s: %s', (state, basisLostOn, stands, does) => {
    expect(afterCorrection({ state, basisLostOn }, stands)).toBe(does)
  })

  test.each([
    ['account', 'a', null, true],
    ['another account of the same file', 'b', 'm', true],
    ['somebody else', 'b', 'n', false],
    ['somebody without a file', 'b', null, false],
  ])('S0-16 whether it is their own: %s', (_, accountId, memberId, own) => {
    expect(isOwn({ requestedBy: 'a', requestedByMember: 'm' }, { accountId, memberId })).toBe(own)
    expect(isOwn({ requestedBy: null, requestedByMember: null }, { accountId: null, memberId: null })).toBe(false)
  })
})
