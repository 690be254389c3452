import { type LedgerLine, meetingKindRules } from '@linghang/rulebook'

/** The ledger of a year: what was due, held and missing, and from when on the organisation's meetings are known here. */
export type Ledger = { orgId: string; year: number; knownSince: string | null; lines: LedgerLine[] }

/** 2026年3月, or the quarter or year that a time is. */
const timeName = (from: string, every: LedgerLine['every']): string => {
  const [year, month] = from.split('-').map(Number)
  if (every === 'YEAR') return `${year}年`
  return every === 'QUARTER' ? `${year}年第${Math.ceil((month ?? 1) / 3)}季度` : `${year}年${month}月`
}

/** How complete a year is, as an officer would say it. Pure. */
export function inWords({ knownSince, lines }: Pick<Ledger, 'knownSince' | 'lines'>): string {
  if (knownSince === null) return '尚无记录，情况未知。'
  const missing = lines.filter(line => line.missing.length > 0)
  if (missing.length === 0) return '应开展的组织生活均已开展。'
  const said = missing.map(({ kind, every, missing: times }) => {
    const named = times.map(({ from }) => timeName(from, every)).join('、')
    return `${meetingKindRules[kind].name.zh}缺${times.length}次（${named}）`
  })
  return `${said.join('；')}。`
}
