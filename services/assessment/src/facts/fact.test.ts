import { expect, test } from '@jest/globals'
import { type Fact, inOrder } from './fact.ts'

const fact = (changed: Partial<Fact>): Fact => ({
  ...{ subjectType: 'MEMBER', subjectId: 'b', orgId: 'o', kind: 'DUES_MONTH', day: '2026-03-05', quantity: 100 },
  ...{ attributes: {}, source: { type: 'DuesBill', id: '1', version: 1 } },
  ...changed,
})

test('S0-20 facts stand in one order by day, kind and source, in whatever order they came', () => {
  const first = fact({ day: '2026-03-04', kind: 'HONOUR' })
  const second = fact({ kind: 'ATTENDANCE', source: { type: 'Meeting', id: '9', version: 1 } })
  const third = fact({})
  const fourth = fact({ source: { type: 'DuesBill', id: '2', version: 1 }, subjectId: 'a' })
  const fifth = fact({ source: { type: 'DuesBill', id: '2', version: 1 } })
  const ordered = [first, second, third, fourth, fifth]
  expect([fifth, third, first, fourth, second].sort(inOrder)).toEqual(ordered)
  expect([second, fifth, fourth, third, first].sort(inOrder)).toEqual(ordered)
})
