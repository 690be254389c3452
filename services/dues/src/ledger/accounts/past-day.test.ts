import { describe, expect, test } from '@jest/globals'
import { requirePast } from './past-day.ts'

describe('S3-5 what is recorded has happened', () => {
  test.each(['2026-11-28', '2026-11-29'])('S3-5 on 29 November that it was on %s', day => {
    expect(requirePast({ today: '2026-11-29' }, 'receivedOn', day)).toBe(day)
  })

  test('S3-5 on 29 November not that it was on the 30th, in both languages', () => {
    let refused: unknown
    try {
      requirePast({ today: '2026-11-29' }, 'receivedOn', '2026-11-30')
    } catch (error) {
      refused = error
    }
    expect(JSON.stringify(refused)).toContain('BAD_INPUT')
    expect(JSON.stringify(refused)).toContain('receivedOn')
    expect(JSON.stringify(refused)).toContain('不晚于 2026-11-29')
  })
})
