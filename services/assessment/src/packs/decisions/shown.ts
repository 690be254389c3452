import type { Indicator, Scale } from '../documents/pack.ts'
import { conditionOf } from './condition.ts'

/** An indicator as apps show it. */
export type ShownIndicator = Indicator & {
  reads: Indicator['reads']
  factKind: string | null
  where: string | null
  condition: ReturnType<typeof conditionOf>
}
export type ShownScale = Omit<Scale, 'indicators'> & { indicators: ShownIndicator[] }

export const shownScale = (scale: Scale): ShownScale => ({
  ...scale,
  indicators: scale.indicators.map(indicator => ({
    ...indicator,
    factKind: 'kind' in indicator.reads ? indicator.reads.kind : null,
    where: 'kind' in indicator.reads ? (indicator.reads.where ?? null) : null,
    condition: conditionOf(indicator),
  })),
})
