import { describe, expect, test } from '@jest/globals'
import { isCurrent, stepAt, takesCodes } from './sign-in.ts'

const at = (time: string) => new Date(`2026-06-01T${time}Z`)

describe('S1-5 when a code counts', () => {
  const step = stepAt(at('01:00:00'))
  test.each([
    ['00:59:29', false],
    ['00:59:30', true],
    ['01:00:29', true],
    ['01:00:59', true],
    ['01:01:00', false],
  ])('S1-5 the code of nine o’clock read at %s: %s', (time, counts) => expect(isCurrent(step, at(time))).toBe(counts))

  test('S1-5 a code changes every thirty seconds', () => {
    expect(stepAt(at('01:00:29'))).toBe(step)
    expect(stepAt(at('01:00:30'))).toBe(step + 1)
  })

  test.each([
    ['2026-05-31T22:59:59Z', false],
    ['2026-05-31T23:00:00Z', true],
    ['2026-06-02T01:00:00Z', true],
    ['2026-06-02T01:00:01Z', false],
  ])('S1-5 for a meeting at nine o’clock codes read at %s: %s', (time, taken) =>
    expect(takesCodes(at('01:00:00'), new Date(time))).toBe(taken),
  )
})
