import { describe, expect, test } from '@jest/globals'
import { progressOf } from './import-rosters.ts'

const rows = { rowsTotal: 0, rowsValid: 0, rowsDone: 0 }

describe('S1-1 progress is told once there is some', () => {
  test.each([
    ['before the first row is judged', { ...rows, state: 'PREVIEWING' }, null],
    ['while rows are judged', { ...rows, state: 'PREVIEWING', rowsTotal: 300 }, '核对 judged 300 rows, 100/s'],
    ['before the first row is written', { ...rows, state: 'COMMITTING', rowsTotal: 300, rowsValid: 300 }, null],
    [
      'while rows are written',
      { state: 'COMMITTING', rowsTotal: 300, rowsValid: 300, rowsDone: 90 },
      '写入 90/300 rows, 30/s, 还需 about 7 s',
    ],
    ['with the last row written', { state: 'COMMITTING', rowsTotal: 300, rowsValid: 300, rowsDone: 300 }, null],
  ] as const)('S1-1 %s', (_, state, said) => {
    expect(progressOf(state, 3_000)).toBe(said)
  })
})
