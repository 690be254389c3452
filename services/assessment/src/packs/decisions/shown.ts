import { factKinds } from '../../facts/kinds/fact-kinds.ts'
import type { Indicator, Scale } from '../documents/pack.ts'

/** An indicator as apps show it. */
export type ShownIndicator = Indicator & {
  reads: Indicator['reads']
  factKind: string | null
  where: string | null
  condition: string
}
export type ShownScale = Omit<Scale, 'indicators'> & { indicators: ShownIndicator[] }

const times = {
  FACT: '每次',
  MONTH: '每月',
  QUARTER: '每季度',
  HALF_YEAR: '每半年',
  YEAR: '每年',
  PERIOD: '每期',
} as const
const whose = { SELF: '', MEMBERS: '所属党员的', BELOW: '下级的' } as const

/** What is looked at and how often, in the office's words; the expressions stand beside it. */
function conditionOf({ reads, per, carry }: Indicator): string {
  const what =
    'scores' in reads
      ? `${reads.scores === 'MEMBERS' ? '所属党员' : '下级组织'}的得分`
      : `${whose[reads.of]}“${factKinds[reads.kind as keyof typeof factKinds].name.zh}”`
  return `${times[per]}按${what}计${carry ? '；没有新的记录时沿用上一次' : ''}`
}

export const shownScale = (scale: Scale): ShownScale => ({
  ...scale,
  indicators: scale.indicators.map(indicator => ({
    ...indicator,
    factKind: 'kind' in indicator.reads ? indicator.reads.kind : null,
    where: 'kind' in indicator.reads ? (indicator.reads.where ?? null) : null,
    condition: conditionOf(indicator),
  })),
})
