import { expect, test } from '@jest/globals'
import type { Scale } from '../../packs/documents/pack.ts'
import { litFor } from './why.ts'

const basis = { certainty: 'SEED' as const, source: '案例', article: '第十五条' }
const scale = {
  lights: [
    {
      key: 'RED',
      title: '红灯',
      colour: 'RED',
      basis,
      by: { reads: { kind: 'MEETING_HELD', of: 'SELF' }, missed: 'count == 0', on: 2, off: 1 },
    },
    { key: 'MANY', title: '党员亮灯', colour: 'YELLOW', basis, by: { lit: 'RED', on: 0.2, off: 0.1 } },
  ],
} as Pick<Scale, 'lights'>

test('S1-15 a light says by which rule it is on, which facts were missing and in which months', () => {
  const lights = ['RED', 'MANY', 'GONE'].map((key, n) => ({
    key,
    colour: n === 0 ? 'RED' : 'YELLOW',
    since: '2026-10-31',
  }))
  const found = litFor(scale, lights, { RED: ['2026-10-01', '2026-09-01'] })
  expect(found.map(({ title, missing, months }) => [title, missing, months])).toEqual([
    ['红灯', 'MEETING_HELD', ['2026-10-01', '2026-09-01']],
    ['党员亮灯', null, []],
    ['GONE', null, []],
  ])
  expect(found.map(light => light.basis)).toEqual([basis, basis, null])
})
