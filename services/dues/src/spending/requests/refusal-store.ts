import { anyOf } from '@linghang/database'
import { sqlOf, type Tx } from '../../work.ts'
import type { LimitRefusal } from './limit-refusal.ts'

const keys = [
  ...(['id', 'orgId', 'spendingId', 'period', 'fromOn', 'untilOn', 'limitFen', 'usedFen', 'heldFen'] as const),
  ...(['wantedFen', 'refusedAt'] as const),
]

export const refusalStore = {
  /** @returns whether it is new: the same request as it stands, refused by the same limit, is refused once */
  async insert(tx: Tx, countyId: string, refusal: LimitRefusal & { version: bigint }): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await sqlOf(tx)
      .insertInto('duesLimitRefusal')
      .values({ ...refusal, countyId })
      .onConflict(found => found.columns(['spendingId', 'version', 'period', 'fromOn']).doNothing())
      .executeTakeFirstOrThrow()
    return numInsertedOrUpdatedRows === 1n
  },

  /** Of requests, the newest first. */
  async ofSpendings(tx: Tx, spendingIds: readonly string[]): Promise<Map<string, LimitRefusal[]>> {
    const rows = await sqlOf(tx)
      .selectFrom('duesLimitRefusal')
      .select(keys)
      .where('spendingId', '=', anyOf(spendingIds))
      .orderBy('spendingId')
      .orderBy('id', 'desc')
      .execute()
    return Map.groupBy(rows, ({ spendingId }) => spendingId)
  },
}
