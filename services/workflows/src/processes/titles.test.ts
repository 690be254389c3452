import { expect, test } from '@jest/globals'
import { deadlineRules } from '@linghang/rulebook'
import { approval } from '../approvals/process.ts'
import { development } from './development/process.ts'
import { termOfOffice } from './term-of-office/process.ts'

test('S0-38 every date that is watched has a title in a calendar, from the process that brings it', () => {
  const titled = [approval, termOfOffice, development].flatMap(({ title }) => Object.keys(title))
  expect(titled.toSorted()).toEqual([...deadlineRules].toSorted())
})
