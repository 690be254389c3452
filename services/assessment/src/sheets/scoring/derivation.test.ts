import { expect, test } from '@jest/globals'
import { ask, factOf, indicator, packWith, paid, planFor } from '../../engine/examples.ts'
import { score } from '../../engine/score.ts'
import { derivationOf, linesIn, totalsOf } from './derivation.ts'

const away = indicator({
  ...{ key: 'AWAY', kind: 'MINUS', per: 'FACT', absence: 'COUNTS', points: '2' },
  reads: { kind: 'ATTENDANCE', where: 'fact.attendance == "ABSENT"' },
})
const absent = { meetingKind: 'CLASS', attendance: 'ABSENT', late: false, leftEarly: false }
const sheet = score(
  planFor(packWith({ indicators: [indicator(), away] })),
  ask({ facts: [paid('2026-01-01'), paid('2026-02-01'), factOf('ATTENDANCE', '2026-02-03', absent)] }),
)
if (!sheet) throw new Error('there is a sheet')

test('S0-21 what was published is read back line by line, with its facts', () => {
  expect(linesIn(derivationOf(sheet))).toEqual(sheet.lines.map(line => ({ ...line, mend: null })))
  expect(sheet.lines.map(({ state }) => state)).toEqual(['COUNTED', 'COUNTED', 'NOT_KNOWN', 'PROPOSED'])
})

test('S0-32 of each indicator what counts is kept, and nothing of one of which nothing is known', () => {
  expect(totalsOf(sheet)).toEqual({ DUES: 200, AWAY: 0 })
  const unknown = score(planFor(packWith({})), ask({ facts: [] }))
  expect(unknown && totalsOf(unknown)).toEqual({})
})
