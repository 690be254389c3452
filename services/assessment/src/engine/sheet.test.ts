import { expect, test } from '@jest/globals'
import type { Sheet } from './sheet.ts'

const told: Pick<Sheet, 'subjectType' | 'subjectId' | 'orgId' | 'scale' | 'score' | 'attainable'> = {
  ...{ subjectType: 'ORGANISATION', subjectId: 's', orgId: 'o', scale: 'BRANCH', score: 150, attainable: 300 },
}

test('S0-21 what a sheet says is kept as text and read again the same', () => {
  expect(JSON.parse(JSON.stringify(told))).toEqual(told)
})
