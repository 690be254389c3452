import { describe, expect, test } from '@jest/globals'
import { requireTime } from './exemption.ts'

const today = '2026-11-30'
const field = (changes: Partial<Parameters<typeof requireTime>[0]>): unknown => {
  try {
    requireTime({ fromDay: today, untilDay: null, decidedOn: today, ...changes }, today)
    return null
  } catch (error) {
    return (error as { params: { field: string } }).params.field
  }
}

describe('R10 for which time somebody is not counted', () => {
  test.each([
    [{ decidedOn: '2026-11-30' }, null],
    [{ decidedOn: '2026-12-01' }, 'decidedOn'],
    [{ fromDay: '2025-11-30' }, null],
    [{ fromDay: '2025-11-29' }, 'from'],
    [{ fromDay: '2027-11-30' }, null],
    [{ fromDay: '2027-12-01' }, 'from'],
    [{ untilDay: '2026-11-30' }, null],
    [{ untilDay: '2026-11-29' }, 'until'],
    [{ untilDay: '2031-11-30' }, null],
    [{ untilDay: '2031-12-01' }, 'until'],
  ])('R10 %j', (changes, wanted) => {
    expect(field(changes)).toBe(wanted)
  })
})
