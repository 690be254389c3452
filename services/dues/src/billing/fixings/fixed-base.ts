import type { Tx } from '../../work.ts'
import { type FixedBase, lineStore } from './line-store.ts'

export type { FixedBase } from './line-store.ts'

/**
 * What people's dues are fixed at in a month: the line that the committee has checked and that is in force. Who has none
 * is not in it, and owes by the record.
 * @param month its first day
 */
export const fixedBaseOf = (tx: Tx, memberIds: readonly string[], month: string): Promise<Map<string, FixedBase>> =>
  lineStore.inForce(tx, memberIds, month)
