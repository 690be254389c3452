import { expect, test } from '@jest/globals'
import { compareHeld } from './compare.ts'

const month = (n: string) => ({ kind: 'THEME_DAY', window: { from: `2026-${n}-01`, until: `2026-${n}-28` } })
const held = (id: string, heldOn: string, kind = 'THEME_DAY') => ({ id, kind, heldOn })

test.each([
  ['on the first day of its time', '2026-02-01', 'a'],
  ['on the last', '2026-02-28', 'a'],
  ['the day before', '2026-01-31', null],
  ['the day after', '2026-03-01', null],
])('S0-26 a meeting %s fulfils what was due, or not', (_, heldOn, wanted) => {
  expect(compareHeld([month('02')], [held('a', heldOn)])).toEqual([wanted])
})

test('S0-26 one meeting fulfils one that was due, and only of its kind', () => {
  expect(compareHeld([month('02'), month('02')], [held('a', '2026-02-03')])).toEqual(['a', null])
  expect(compareHeld([month('02')], [held('a', '2026-02-03', 'CLASS')])).toEqual([null])
})

test('S0-26 what ends first is fulfilled first, so that nothing is missing that need not be', () => {
  const quarter = { kind: 'THEME_DAY', window: { from: '2026-01-01', until: '2026-03-31' } }
  expect(compareHeld([quarter, month('02')], [held('late', '2026-03-20'), held('early', '2026-02-02')])).toEqual([
    'late',
    'early',
  ])
})
