import type { Sheet } from '../../engine/sheet.ts'
import { totalsOf } from '../scoring/derivation.ts'

/** By how many hundredths an indicator gives more or less than today's pack; one that the other has not gives nothing there. */
export type Difference = { indicator: string; before: number; after: number }

/** What an indicator gives by two packs, where that is not the same. @param before by indicator, as it is kept; null: no sheet */
export function differencesOf(before: Readonly<Record<string, number>> | null, after: Sheet | null): Difference[] {
  const then = before ?? {}
  const now = after ? totalsOf(after) : {}
  return [...new Set([...Object.keys(then), ...Object.keys(now)])]
    .sort()
    .map(indicator => ({ indicator, before: then[indicator] ?? 0, after: now[indicator] ?? 0 }))
    .filter(one => one.before !== one.after)
}
