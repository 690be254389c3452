import { describe, expect, test } from '@jest/globals'
import { casesIn, runCases } from './run-cases.ts'

const cases = await runCases()

describe('every switch of the chart', () => {
  test('platform no fewer cases are told of than there are', () => {
    expect(cases.length).toBeGreaterThanOrEqual(400)
  })

  test.each(cases.map(({ suite, name, fault }) => [suite, name, fault] as const))(
    'platform %s: %s',
    (_suite, _name, fault) => {
      expect(fault).toBeNull()
    },
  )
})

test('platform a case that fails is read as one', () => {
  const report =
    '<testsuites><testsuite name="A &amp; B" tests="2"><testcase name="right" classname="x" time="0.1"></testcase>' +
    '<testcase name="wrong" classname="x" time="0.1"><failure message="Failed" type="">Expected &lt;1&gt;</failure></testcase></testsuite></testsuites>'
  expect(casesIn(report)).toEqual([
    { suite: 'A & B', name: 'right', fault: null },
    { suite: 'A & B', name: 'wrong', fault: 'Expected <1>' },
  ])
})
