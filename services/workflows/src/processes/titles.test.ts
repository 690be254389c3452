import { expect, test } from '@jest/globals'
import { deadlineRules } from '@linghang/rulebook'
import { titles } from '../service.ts'

test('S0-38 every date that is watched has a title in a calendar, from the process that brings it', () => {
  expect(Object.keys(titles).toSorted()).toEqual([...deadlineRules].toSorted())
})
