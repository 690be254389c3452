import { expect, test } from '@jest/globals'
import type { LedgerLine } from '@linghang/rulebook'
import { inWords } from './ledger.ts'

const line = (more: Partial<LedgerLine>): LedgerLine => ({
  ...{ kind: 'THEME_DAY', every: 'MONTH', generally: false, due: 3, held: 3, more: 0, missing: [] },
  citation: { article: '第十六条', source: '条例', certainty: 'VERIFIED' },
  ...more,
})

test.each<[string | null, LedgerLine[], string]>([
  [null, [], '尚无记录，情况未知。'],
  ['2026-01-01', [line({})], '应开展的组织生活均已开展。'],
  [
    '2026-01-01',
    [
      line({ missing: [{ from: '2026-03-01', until: '2026-03-31' }] }),
      line({ kind: 'BRANCH_ASSEMBLY', every: 'QUARTER', missing: [{ from: '2026-04-01', until: '2026-06-30' }] }),
      line({ kind: 'CRITICISM_MEETING', every: 'YEAR', missing: [{ from: '2026-01-01', until: '2026-12-31' }] }),
    ],
    '主题党日缺1次（2026年3月）；支部党员大会缺1次（2026年第2季度）；组织生活会缺1次（2026年）。',
  ],
])('S0-26 a ledger known since %s says in words what is missing', (knownSince, lines, wanted) => {
  expect(inWords({ knownSince, lines })).toBe(wanted)
})
