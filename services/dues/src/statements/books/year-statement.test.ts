import { describe, expect, test } from '@jest/globals'
import type { JournalReason } from '../../ledger/journals/journal.ts'
import { frozen, yearStatementOf } from './year-statement.ts'

const collection = { members: 2, bills: 24, settledBills: 23, dueFen: 480n, waivedFen: 0n, paidFen: 460n }
const sum = (reason: JournalReason, inFen: bigint, outFen: bigint) => ({
  ...{ month: '2025-01-01' as string | null, reason, use: null as 'FLAGS' | 'TRAINING' | null },
  ...{ inFen, outFen, entries: 1 },
})

describe('S0-24 what is told of a year', () => {
  test('S0-24 is what came in, what went out and for what; what moved within is neither', () => {
    const statement = yearStatementOf(
      2025,
      [
        { ...sum('DUES_PAID', 900n, 0n), month: null },
        sum('OPENING_BALANCE', 100n, 0n),
        sum('DUES_PAID', 460n, 0n),
        { ...sum('SPENT', 0n, 150n), use: 'TRAINING' },
        { ...sum('SPENDING_REFUNDED', 30n, 0n), use: 'TRAINING' },
        { ...sum('SPENT', 0n, 0n), use: 'FLAGS' },
        // One below has it from another below; and set aside within one.
        sum('PASSED_DOWN', 70n, 70n),
        sum('SET_ASIDE', 30n, 30n),
        sum('PASSED_UP', 5n, 28n),
      ],
      collection,
    )
    expect(statement).toEqual({
      ...{ year: 2025, openingFen: 1_000n, closingFen: 1_317n, collection },
      incomes: [{ reason: 'DUES_PAID', amountFen: 460n }],
      outgoes: [
        { reason: 'PASSED_UP', amountFen: 23n },
        { reason: 'SPENT', amountFen: 120n },
      ],
      uses: [{ use: 'TRAINING', amountFen: 120n }],
    })
  })

  test('S0-24 of nothing is nothing; frozen it says every fen', () => {
    const statement = yearStatementOf(2025, [], collection)
    expect(statement).toMatchObject({ openingFen: 0n, incomes: [], outgoes: [], uses: [], closingFen: 0n })
    expect(frozen({ fen: 9_007_199_254_740_993n })).toBe('{"fen":"9007199254740993"}')
  })
})
