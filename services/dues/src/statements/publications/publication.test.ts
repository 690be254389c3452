import { expect, test } from '@jest/globals'
import { frozen, readFrozen, yearStatementOf } from '../books/year-statement.ts'
import type { PublishedContent } from './publication.ts'

test('S0-24 what was frozen is read back to the fen', () => {
  const sums = [
    { month: null, reason: 'DUES_PAID' as const, use: null, inFen: 9_007_199_254_740_993n, outFen: 0n, entries: 1 },
    { month: '2025-01-01', reason: 'SPENT' as const, use: 'FLAGS' as const, inFen: 0n, outFen: 5n, entries: 1 },
  ]
  const collection = { members: 2, bills: 24, settledBills: 23, dueFen: 480n, waivedFen: 1n, paidFen: 460n }
  const content: PublishedContent = {
    ...yearStatementOf(2025, sums, collection),
    members: [{ memberId: 'm', paidFen: 460n }],
  }
  expect(readFrozen<PublishedContent>(frozen(content))).toEqual(content)
})
