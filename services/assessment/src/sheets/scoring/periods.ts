import { addDays, type Period } from '@linghang/rulebook'
import type { PackInForce } from '../../engine/plan.ts'
import { stretchAt } from '../../engine/spans.ts'

/** A pack and from which day to which a county has it in force; until null: for now without end. */
export type Decided = PackInForce & { effectiveFrom: string; until: string | null }

export type ScoredPeriod = { pack: Decided; period: Period }

/**
 * The periods that a county scores from a day on, the earliest first: of each pack those that begin while it is in force, so
 * that no period is measured by rules that came after it began.
 */
export function periodsFrom(decided: readonly Decided[], day: string, today: string): ScoredPeriod[] {
  const found: ScoredPeriod[] = []
  for (const pack of decided) {
    const stretch = pack.document.period
    const last = pack.until === null || pack.until > today ? today : pack.until
    const begin = pack.effectiveFrom > day ? pack.effectiveFrom : day
    for (
      let period = stretchAt(stretch, begin);
      period.from <= last;
      period = stretchAt(stretch, addDays(period.until, 1))
    )
      if (period.from >= pack.effectiveFrom) found.push({ pack, period })
  }
  return found
}
