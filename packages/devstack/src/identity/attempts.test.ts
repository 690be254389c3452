import { describe, expect, test } from '@jest/globals'
import { createAttempts } from './attempts.ts'

const minuteMs = 60_000

const failTimes = (count: number, at: { ms: number }) => {
  const attempts = createAttempts(() => at.ms)
  for (let done = 0; done < count; done += 1) attempts.failed('secretary')
  return attempts
}

describe('platform sign-in attempts', () => {
  test.each([
    { failures: 9, allowed: true },
    { failures: 10, allowed: false },
  ])('platform lets a name try again after $failures wrong passwords: $allowed', ({ failures, allowed }) => {
    expect(failTimes(failures, { ms: 0 }).mayTry('secretary')).toBe(allowed)
  })

  test.each([
    { afterMs: 15 * minuteMs - 1, allowed: false },
    { afterMs: 15 * minuteMs, allowed: true },
  ])('platform opens a closed name $afterMs ms after its first failure: $allowed', ({ afterMs, allowed }) => {
    const at = { ms: 0 }
    const attempts = failTimes(10, at)
    at.ms = afterMs
    expect(attempts.mayTry('secretary')).toBe(allowed)
  })

  test('platform closes one name without closing another, and forgets failures after a success', () => {
    const attempts = failTimes(10, { ms: 0 })
    expect(attempts.mayTry('admin')).toBe(true)
    attempts.succeeded('secretary')
    expect(attempts.mayTry('secretary')).toBe(true)
  })
})
