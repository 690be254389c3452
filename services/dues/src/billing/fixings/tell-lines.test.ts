import { expect, test } from '@jest/globals'
import { catalogue } from '@linghang/events'
import type { FixingLine } from './fixing-line.ts'
import { toldLine } from './tell-lines.ts'

const [id, orgId, memberId] = ['0', '1', '2'].map(n => `01a22547-c7b5-76ae-9727-9a81d3f78b2${n}`) as [
  string,
  string,
  string,
]
const line: FixingLine = {
  ...{ id, orgId, memberId, fixingId: id, year: 2026, ground: 'YEAR', changedOn: null, fromMonth: '2026-01-01' },
  ...{ category: 'MONTHLY_SALARY', incomeFen: 500_000n, baseFen: 500_000n, dueFen: 5_000n, payKind: null },
  ...{ lastCategory: null, lastBaseFen: null, lastDueFen: null, why: 'FIRST', state: 'CHECKED' },
  ...{ confirmedHow: 'ON_PAPER', confirmedOn: '2026-01-05', checkedOn: '2026-01-09', version: 3 },
}

test.each([
  ['dues.fixing.confirmed.v1', '2026-01-05'],
  ['dues.fixing.checked.v1', '2026-01-09'],
] as const)('S3-5 %s tells whose it is and on which day, and no sum', (type, on) => {
  const { data } = toldLine(type, line)
  expect(data).toEqual({ id, memberId, orgId, year: 2026, fromMonth: '2026-01-01', how: 'ON_PAPER', on, version: 3 })
  expect(catalogue[type].parse(data)).toEqual(data)
})
