import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, jest, test } from '@jest/globals'
import { planStorm } from '../storm-ledger/plan.ts'
import { runStorm } from '../storm-ledger/run-storm.ts'
import { surroundings } from './surroundings.ts'

jest.setTimeout(240_000)

describe('S0-5 a storm on the ledger', () => {
  const size = { faults: 4, faultsAWave: 4, scriptsAWave: 200 }

  test('S0-5 has the same plan for the same seed', () => {
    expect(planStorm(7, size)).toEqual(planStorm(7, size))
    expect(planStorm(8, size)).not.toEqual(planStorm(7, size))
  })

  test('S0-5 loses no fen, doubles none and breaks no limit, killed as they are in its middle (a sample)', async () => {
    const seed = randomInt(1_000_000_000)
    const found = await runStorm(seed, size, join(surroundings().stateDir, 'storm'))
    expect({ seed, found }).toEqual({ seed, found: [] })
  })
})
