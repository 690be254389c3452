import { expect, test } from '@jest/globals'
import { certaintyOf } from './deadline.ts'

test.each([
  ['VERIFIED', 'VERIFIED'],
  ['SECONDARY', 'SECONDARY'],
  ['RECALLED', 'RECALLED'],
  ['', 'RECALLED'],
  ['toString', 'RECALLED'],
])('platform a citation that another service calls %j is %s here', (told, certainty) => {
  expect(certaintyOf(told)).toBe(certainty)
})
