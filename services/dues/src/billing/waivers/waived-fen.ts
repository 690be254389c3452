import type { Tx } from '../../work.ts'
import { waiverStore } from './store.ts'

/**
 * What of people's dues of a month is waived by an approved waiver; who has none is not in it. What is left is
 * `lessWaived(dueFen, partFen)` of the rulebook.
 * @param month its first day
 * @returns by person the waiver, and `partFen`: how much of the month's dues, null for all of them
 */
export const waivedFenOf = (
  tx: Tx,
  memberIds: readonly string[],
  month: string,
): Promise<Map<string, { waiverId: string; partFen: bigint | null }>> => waiverStore.inForce(tx, memberIds, month)
