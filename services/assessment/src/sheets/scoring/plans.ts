import type { Period } from '@linghang/rulebook'
import { type PackInForce, type Plan, planOf } from '../../engine/plan.ts'

const mostKept = 64
const kept = new Map<string, Plan>()

/**
 * A pack made ready for a period. Compiling takes longer than scoring somebody by it, and a version of a pack never changes: the
 * last few are kept.
 */
export function planFor(countyId: string, pack: PackInForce, period: Period): Plan {
  const key = `${countyId}/${pack.key}/${pack.version}/${period.from}/${period.until}`
  const known = kept.get(key)
  if (known) return known
  const plan = planOf(pack, period)
  const [oldest] = kept.keys()
  if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest)
  kept.set(key, plan)
  return plan
}
