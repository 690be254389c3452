import { expect, test } from '@jest/globals'
import { daysDue } from './days-due.ts'

test.each([
  ['2026-11-29T02:14:59Z', '2026-11-27'],
  ['2026-11-29T02:15:00Z', '2026-11-28'],
  ['2026-11-29T15:59:59Z', '2026-11-28'],
  ['2026-11-29T16:00:00Z', '2026-11-28'],
])('S0-6c at %s the newest bill is that of %s, and a week of them is looked at', (now, newest) => {
  const days = daysDue(new Date(now))
  expect([days.length, days.at(-1)]).toEqual([7, newest])
  expect(days).toEqual(days.toSorted())
})
