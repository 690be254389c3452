import { expect, test } from '@jest/globals'
import { fail } from '../../ledger/limits/errors.ts'
import { refusedBy } from './limit-refusal.ts'

const caught = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    return error
  }
}

test('S0-25 what was refused says by which limit, in fen', () => {
  const refusal = caught(() =>
    fail('LIMIT_EXCEEDED', {
      ...{ period: 'QUARTER', from: '2026-10-01', until: '2026-12-31', limit: '100', used: '60', held: '20' },
      found: '21',
    }),
  )
  expect(refusedBy(refusal)).toEqual({
    ...{ period: 'QUARTER', fromOn: '2026-10-01', untilOn: '2026-12-31' },
    ...{ limitFen: 100n, usedFen: 60n, heldFen: 20n, wantedFen: 21n },
  })
})

test('S0-25 any other fault is none of a limit', () => {
  expect(refusedBy(caught(() => fail('NOT_FOUND', { what: 'x' })))).toBeNull()
  expect(refusedBy(new Error('LIMIT_EXCEEDED'))).toBeNull()
  expect(refusedBy(null)).toBeNull()
})
